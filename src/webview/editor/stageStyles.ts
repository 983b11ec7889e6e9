import { css } from 'lit';

/** Canvases on top of one another, as large as the stage; only the surface below hears the pointer. */
export const stageStyles = css`
  :host {
    display: block;
    flex: 1;
    min-block-size: 0;
    min-inline-size: 0;
    overflow: hidden;
    position: relative;
  }

  .surface {
    inset: 0;
    position: absolute;
    touch-action: none;
  }

  .surface:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }

  canvas {
    block-size: 100%;
    inline-size: 100%;
    inset: 0;
    pointer-events: none;
    position: absolute;
  }
`;
