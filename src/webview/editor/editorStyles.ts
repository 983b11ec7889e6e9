import { css } from 'lit';

/** How the editor is laid out: a strip of tools, the stage, and what belongs to the tool above and below it. */
export const editorStyles = css`
  :host {
    background: var(--vscode-editor-background);
    display: flex;
    inset: 0;
    position: fixed;
  }

  .strip {
    align-items: center;
    border-inline-end: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 2px;
    inline-size: 36px;
    overflow-y: auto;
    padding-block: 6px;
  }

  .strip .icon-button {
    block-size: 28px;
    inline-size: 28px;
  }

  .strip .icon-button[aria-pressed='true'] {
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground);
    outline: 1px solid var(--vscode-inputOption-activeBorder, transparent);
    outline-offset: -1px;
  }

  .strip .icon-button[aria-pressed='true']:focus-visible {
    outline-color: var(--vscode-focusBorder);
  }

  .strip .gap {
    flex: 1;
    min-block-size: 8px;
  }

  .main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }

  .row {
    align-items: center;
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 6px 12px;
    /* As high with words alone as with buttons and a line. */
    min-block-size: 37px;
    padding: 5px 12px;
  }

  .options {
    border-block-end: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }

  .bar {
    border-block-start: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }

  .field {
    align-items: center;
    display: inline-flex;
    gap: 6px;
    white-space: nowrap;
  }

  .mask {
    align-items: center;
    display: inline-flex;
    flex-wrap: wrap;
    gap: 6px 12px;
  }

  .push {
    margin-inline-start: auto;
  }

  .grow {
    flex: 1 1 300px;
    inline-size: auto;
  }

  .number {
    inline-size: 64px;
  }

  .field vscode-single-select {
    inline-size: 92px;
  }

  .field.long vscode-single-select {
    inline-size: 196px;
  }

  input[type='range'] {
    appearance: none;
    background: none;
    block-size: 16px;
    inline-size: 96px;
    margin: 0;
  }

  input[type='range']::-webkit-slider-runnable-track {
    background: color-mix(in srgb, var(--vscode-foreground) 40%, transparent);
    block-size: 4px;
    border-radius: 2px;
  }

  input[type='range']::-webkit-slider-thumb {
    appearance: none;
    background: var(--vscode-focusBorder);
    block-size: 14px;
    border-radius: 50%;
    inline-size: 14px;
    margin-block-start: -5px;
  }

  input[type='range']:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  @media (forced-colors: active) {
    input[type='range']::-webkit-slider-runnable-track {
      background: CanvasText;
    }

    input[type='range']::-webkit-slider-thumb {
      background: Highlight;
    }
  }

  input[type='color'] {
    background: none;
    block-size: 24px;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    inline-size: 30px;
    padding: 1px 2px;
  }

  .icon-button:disabled {
    cursor: default;
    opacity: 0.5;
  }

  .segments {
    display: inline-flex;
    gap: 4px;
  }

  .segments .choice {
    min-block-size: 26px;
    padding-inline: 8px;
  }

  vscode-button[aria-pressed='true'] {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }

  .count {
    font-variant-numeric: tabular-nums;
    min-inline-size: 3.5em;
    text-align: center;
  }

  /* The theme's colour of errors has too little contrast for text in some themes: the sign has it. */
  .failure {
    align-items: start;
    display: inline-flex;
    gap: 6px;
  }

  .failure .icon {
    color: var(--vscode-errorForeground);
    margin-block-start: 1px;
  }

  .message {
    align-items: center;
    display: flex;
    flex: 1;
    justify-content: center;
  }

  @media (prefers-reduced-motion: no-preference) {
    .working::before {
      animation: turn 1s linear infinite;
    }
  }

  .working {
    align-items: center;
    display: inline-flex;
    gap: 8px;
  }

  .working::before {
    block-size: 14px;
    border: 2px solid var(--vscode-progressBar-background);
    border-block-start-color: transparent;
    border-radius: 50%;
    content: '';
    inline-size: 14px;
  }

  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
