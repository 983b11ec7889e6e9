import { css } from 'lit';

/** What all parts of the page share: VS Code's font, colours and focus. */
export const sharedStyles = css`
  :host {
    box-sizing: border-box;
    color: var(--vscode-foreground);
    /* A copy: what follows sets the original anew for secondary buttons. */
    --easel-button-border: var(--vscode-button-border);
    font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.4 var(--vscode-font-family, sans-serif);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  fieldset {
    border: 0;
    margin: 0;
    min-inline-size: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  button {
    background: none;
    border: 0;
    color: inherit;
    cursor: pointer;
    font: inherit;
    padding: 0;
    text-align: start;
  }

  vscode-button[secondary] {
    --vscode-button-border: var(--vscode-button-secondaryBorder, var(--easel-button-border, transparent));
  }

  /* The field's own input is square and would cover the round corners of its border. */
  vscode-textfield {
    background: var(--vscode-input-background);
    border-radius: 4px;
    --vscode-settings-textInputBackground: transparent;
  }

  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  .icon {
    display: block;
    flex: none;
  }

  :host(:dir(rtl)) .icon.directional {
    transform: scaleX(-1);
  }

  .icon-button {
    align-items: center;
    border-radius: 5px;
    color: var(--vscode-icon-foreground);
    display: inline-flex;
    flex: none;
    block-size: 24px;
    inline-size: 24px;
    justify-content: center;
  }

  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }

  .icon-button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }

  .icon-button:active {
    background: var(--vscode-toolbar-activeBackground);
  }

  .legend {
    color: var(--vscode-foreground);
    display: block;
    font-weight: 600;
    margin-block-end: 6px;
    padding: 0;
  }

  .quiet {
    color: var(--vscode-descriptionForeground);
  }

  .unseen {
    block-size: 1px;
    clip-path: inset(50%);
    inline-size: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
  }

  /* A group of radio buttons that looks like VS Code's toggles: the native button is there for the keyboard and for screen readers. */
  .choice {
    align-items: center;
    border: 1px solid var(--vscode-settings-dropdownBorder, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    cursor: pointer;
    display: flex;
    justify-content: center;
    position: relative;
  }

  .choice input {
    appearance: none;
    block-size: 100%;
    cursor: pointer;
    inline-size: 100%;
    inset: 0;
    margin: 0;
    outline: none;
    position: absolute;
  }

  .choice:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }

  .choice:has(input:checked) {
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-focusBorder);
    color: var(--vscode-inputOption-activeForeground);
  }

  /* There colours say nothing: a line does. */
  :host-context(.vscode-high-contrast) .choice:has(input:checked) {
    border-color: var(--vscode-contrastActiveBorder);
    box-shadow: inset 0 0 0 2px var(--vscode-contrastActiveBorder);
  }

  .choice:has(input:focus-visible) {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }

  /* The system's colours take ours away: what is chosen gets the system's own for that. */
  @media (forced-colors: active) {
    .choice:has(input:checked),
    .icon-button[aria-pressed='true'] {
      background: Highlight;
      border-color: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .choice:has(input:focus-visible),
    .icon-button:focus-visible {
      outline: 2px solid CanvasText;
      outline-offset: 2px;
    }
  }
`;
