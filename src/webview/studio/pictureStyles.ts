import { css } from 'lit';

/** A picture's buttons, wherever they stand. */
export const pictureStyles = css`
  .actions {
    align-items: center;
    display: flex;
    gap: 2px;
  }

  .gap {
    flex: 1;
  }

  .keep {
    align-items: center;
    background: var(--vscode-button-secondaryBackground);
    border: 1px solid var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
    border-radius: 4px;
    color: var(--vscode-button-secondaryForeground);
    display: inline-flex;
    gap: 4px;
    block-size: 24px;
    padding-inline: 6px 8px;
    white-space: nowrap;
  }

  .keep:hover {
    background: var(--vscode-button-secondaryHoverBackground);
  }

  .kept-as {
    align-items: center;
    color: var(--vscode-textLink-foreground);
    display: flex;
    gap: 4px;
    max-inline-size: 100%;
  }

  .kept-as span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .kept-as:hover span {
    text-decoration: underline;
  }

  /* What is transparent shows a chequered ground, as in VS Code's image preview. */
  .ground {
    background: repeating-conic-gradient(var(--easel-chequer) 0% 25%, transparent 0% 50%) 0 0 / 16px 16px;
    --easel-chequer: color-mix(in srgb, var(--vscode-foreground) 12%, transparent);
  }
`;
