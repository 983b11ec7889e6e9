import { css } from 'lit';

/** Runs and their tiles. */
export const galleryStyles = css`
  section {
    display: flex;
    flex-direction: column;
    gap: 24px;
    block-size: 100%;
    padding: 16px;
  }

  .bar {
    display: flex;
    justify-content: end;
  }

  .empty {
    align-items: center;
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 8px;
    justify-content: center;
    padding: 32px 16px;
    text-align: center;
  }

  .empty .icon {
    block-size: 48px;
    color: var(--vscode-descriptionForeground);
    inline-size: 48px;
    stroke-width: 0.6;
  }

  .empty h2 {
    font-size: 1.2em;
    font-weight: 600;
  }

  .empty p {
    max-inline-size: 44ch;
  }

  .run {
    scroll-margin: 16px;
  }

  header {
    align-items: start;
    display: flex;
    gap: 12px;
    justify-content: space-between;
  }

  .what {
    min-inline-size: 0;
  }

  .what h2 {
    display: -webkit-box;
    font-size: inherit;
    font-weight: 600;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  .buttons {
    display: flex;
    flex: none;
    gap: 2px;
  }

  .state {
    align-items: start;
    display: flex;
    gap: 6px;
    margin-block-start: 6px;
  }

  .state strong {
    font-weight: 600;
  }

  .state.failed .icon {
    color: var(--vscode-editorWarning-foreground);
    margin-block-start: 1px;
  }

  .detail {
    margin-block-start: 2px;
  }

  .ends {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 8px;
  }

  .tiles {
    display: grid;
    gap: 16px;
    grid-template-columns: repeat(auto-fill, minmax(min(232px, 100%), 1fr));
    margin-block-start: 10px;
  }

  .tiles li {
    min-inline-size: 0;
  }

  .pending {
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 6px;
    inline-size: 100%;
    max-block-size: 420px;
    overflow: hidden;
    position: relative;
  }

  .pending img {
    block-size: 100%;
    display: block;
    inline-size: 100%;
    object-fit: cover;
  }

  .pending::after {
    background: var(--vscode-progressBar-background);
    block-size: 2px;
    content: '';
    inline-size: 30%;
    inset-block-end: 0;
    inset-inline-start: 0;
    position: absolute;
  }

  @media (prefers-reduced-motion: no-preference) {
    .pending::after {
      animation: along 1.6s linear infinite;
    }
  }

  :host-context(.vscode-reduce-motion) .pending::after {
    animation: none;
  }

  @keyframes along {
    from {
      transform: translateX(-100%);
    }

    to {
      transform: translateX(340%);
    }
  }
`;
