import { css } from 'lit';

/** The composer: its fields scroll, its footer with cost and button stays in sight. */
export const composerStyles = css`
  form {
    block-size: 100%;
    display: flex;
    flex-direction: column;
  }

  .fields {
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    gap: 16px;
    min-block-size: 0;
    overflow: auto;
    padding: 12px 16px 16px;
  }

  vscode-single-select {
    display: block;
    inline-size: 100%;
  }

  .pair {
    display: flex;
    gap: 10px;
  }

  .pair > div {
    flex: 1;
    min-inline-size: 0;
  }

  .counts {
    display: grid;
    gap: 2px;
    grid-template-columns: repeat(10, 1fr);
  }

  .counts .choice,
  .strengths .choice {
    block-size: 26px;
  }

  .strengths {
    display: grid;
    gap: 2px;
    grid-template-columns: 1fr 1fr;
  }

  .varied {
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 6px;
    display: flex;
    gap: 10px;
    padding: 8px;
  }

  .varied img {
    block-size: 64px;
    border-radius: 4px;
    flex: none;
    inline-size: 64px;
    object-fit: cover;
  }

  .varied-side {
    flex: 1;
    min-inline-size: 0;
  }

  .varied-head {
    align-items: start;
    display: flex;
    justify-content: space-between;
    margin-block-end: 6px;
  }

  .footer {
    border-block-start: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: flex;
    flex: none;
    flex-direction: column;
    gap: 8px;
    padding: 10px 16px 14px;
  }

  .facts {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    justify-content: space-between;
  }

  .engine {
    align-items: center;
    border-radius: 4px;
    display: inline-flex;
    flex: 0 1 auto;
    gap: 6px;
    margin-inline-start: -6px;
    min-inline-size: 0;
    padding: 2px 6px;
  }

  .engine span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .engine:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }

  .note {
    align-items: start;
    display: flex;
    font-size: 12px;
    gap: 6px;
  }

  .note.refused {
    background: var(--vscode-inputValidation-warningBackground);
    border: 1px solid var(--vscode-inputValidation-warningBorder, transparent);
    border-radius: 4px;
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
    padding: 6px 8px;
  }
`;
