import { css, html, type TemplateResult } from 'lit';
import type { Extent } from '../../core/geometry';
import { t } from './words';

/** Two pictures over one another, the one before at the start of a line that the person moves. */
export const comparisonStyles = css`
  .comparison {
    display: grid;
    max-block-size: 100%;
    max-inline-size: 100%;
    min-inline-size: 0;
    position: relative;
    --easel-split: 50%;
  }

  .comparison > * {
    grid-area: 1 / 1;
    min-block-size: 0;
    min-inline-size: 0;
  }

  .comparison .before {
    block-size: 100%;
    clip-path: inset(0 calc(100% - var(--easel-split)) 0 0);
    inline-size: 100%;
    inset: 0;
    object-fit: fill;
    position: absolute;
  }

  .comparison .line {
    background: #fff;
    box-shadow: 0 0 0 1px rgba(0, 0, 0, 0.6);
    inline-size: 2px;
    inset-block: 0;
    left: calc(var(--easel-split) - 1px);
    pointer-events: none;
    position: absolute;
  }

  .comparison .line::after {
    background: #fff;
    block-size: 22px;
    border-radius: 50%;
    box-shadow: 0 0 0 1px rgba(0, 0, 0, 0.6);
    content: '';
    inline-size: 22px;
    inset-block-start: calc(50% - 11px);
    left: -10px;
    position: absolute;
  }

  .comparison input {
    block-size: 100%;
    cursor: ew-resize;
    inline-size: 100%;
    inset: 0;
    margin: 0;
    opacity: 0;
    position: absolute;
  }

  .comparison:has(input:focus-visible) .line::after {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }

  .comparison span {
    background: rgba(0, 0, 0, 0.65);
    border-radius: 3px;
    color: #fff;
    font-size: 11px;
    inset-block-end: 8px;
    padding: 1px 6px;
    pointer-events: none;
    position: absolute;
  }

  .comparison .name-before {
    left: 8px;
  }

  .comparison .name-after {
    right: 8px;
  }
`;

/** The picture and, left of a line, the one that it was made from. What is left of it is left in every language: it is a place on a picture. */
export function comparison(before: string, after: string, label: string, { width, height }: Extent): TemplateResult {
  const move = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    input.parentElement?.style.setProperty('--easel-split', `${input.value}%`);
    input.setAttribute('aria-valuetext', `${input.value} %`);
  };
  return html`
    <div class="comparison" dir="ltr">
      <img class="ground" src=${after} alt=${label} width=${width} height=${height} />
      <img class="before" src=${before} alt="" />
      <div class="line"></div>
      <span class="name-before" aria-hidden="true">${t('before')}</span>
      <span class="name-after" aria-hidden="true">${t('after')}</span>
      <input type="range" min="0" max="100" value="50" aria-label=${t('compare')} @input=${move} />
    </div>
  `;
}
