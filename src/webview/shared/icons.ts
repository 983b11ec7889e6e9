import { svg, type SVGTemplateResult } from 'lit';

/** Our own line icons, 16 by 16, in the colour of the text around them; directional ones point the other way where that is read. */
function icon(shape: SVGTemplateResult, directional = false): SVGTemplateResult {
  return svg`<svg class="icon ${directional ? 'directional' : ''}" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.1" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
}

export const ICONS = {
  history: icon(svg`<path d="M2.5 4v3h3"/><path d="M2.8 7a5.5 5.5 0 1 1 .1 2.6"/><path d="M8 5v3.2l2.2 1.3"/>`),
  swap: icon(svg`<path d="M10.5 2.5 13 5l-2.5 2.5M13 5H4M5.5 8.5 3 11l2.5 2.5M3 11h9"/>`),
  keep: icon(svg`<path d="M8 2v7.5M5 6.7l3 3 3-3M2.5 11v2.5h11V11"/>`),
  insert: icon(svg`<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.1-2.1a2.6 2.6 0 0 0-3.7-3.7L8 4.3"/><path d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l.9-.9"/>`),
  vary: icon(svg`<path d="M2 5h2.2c3.6 0 4 6.5 7.6 6.5H14M2 11.5h2.2c1 0 1.7-.5 2.2-1.3M8.9 6.3c.6-.8 1.3-1.3 2.9-1.3H14M12 3l2 2-2 2M12 9.5l2 2-2 2"/>`),
  edit: icon(svg`<path d="m10.8 2.7 2.5 2.5-7.8 7.8-3 .5.5-3z"/><path d="m9.3 4.2 2.5 2.5"/>`),
  widen: icon(svg`<rect x="5.5" y="4.5" width="5" height="7" rx=".8"/><path d="M3.5 6 1.5 8l2 2M12.5 6l2 2-2 2"/>`),
  reveal: icon(svg`<path d="M1.8 12.5v-9h4l1.4 1.7h7v7.3z"/>`),
  discard: icon(svg`<path d="M2.8 4.3h10.4M6.3 4.3V2.7h3.4v1.6M4 4.3l.6 9h6.8l.6-9M6.7 6.8v4M9.3 6.8v4"/>`),
  close: icon(svg`<path d="m3.5 3.5 9 9M12.5 3.5l-9 9"/>`),
  previous: icon(svg`<path d="m10 3-5 5 5 5"/>`, true),
  next: icon(svg`<path d="m6 3 5 5-5 5"/>`, true),
  again: icon(svg`<path d="M13.5 4v3h-3"/><path d="M13.2 7a5.5 5.5 0 1 0-.1 2.6"/>`),
  reuse: icon(svg`<path d="M2.5 3.8h9M2.5 7h6M2.5 10.2h3.5"/><path d="m12.4 6.9 1.7 1.7-4.9 4.9-2.2.5.5-2.2z"/>`),
  add: icon(svg`<path d="M8 3v10M3 8h10"/>`),
  copy: icon(svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`),
  refer: icon(svg`<rect x="2" y="4.5" width="8.5" height="8.5" rx="1"/><path d="m2.5 11.5 2.4-2.6 2.6 2.6M12.5 2v5M10 4.5h5"/>`),
  check: icon(svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`),
  down: icon(svg`<path d="m4 6.2 4 4 4-4"/>`),
  warning: icon(svg`<path d="M8 2.5 14 13.3H2z"/><path d="M8 6.5v3.2M8 11.4v.1"/>`),
  picture: icon(svg`<rect x="2" y="3" width="12" height="10" rx="1.2"/><path d="m2.5 11.5 3.3-3.5 2.6 2.6L10.6 8l3 3"/><circle cx="10.8" cy="5.8" r=".9"/>`),
  view: icon(svg`<path d="M5 8.5V4.2a1 1 0 0 1 2 0V3.3a1 1 0 0 1 2 0v.9a1 1 0 0 1 2 0v1.1a1 1 0 0 1 2 0v4.2a4 4 0 0 1-4 4h-.8a4 4 0 0 1-3.2-1.6L2.7 8.6a1 1 0 0 1 1.6-1.2L5 8.3M7 7.5V4M9 7.5V4M11 7.8V5"/>`),
  brush: icon(svg`<path d="M13.7 2.3c-.7-.7-1.7-.4-2.4.3L6.6 7.7l1.7 1.7 5.1-4.7c.7-.7 1-1.7.3-2.4z"/><path d="M6.3 8.2c-1.7-.3-2.9.8-3.1 2.2-.2 1.3-.7 2.2-1.4 2.7 2.6.8 6 .2 6.1-2.9"/>`),
  eraser: icon(svg`<path d="m9.3 2.8 3.9 3.9-6.5 6.5H4.4L2.5 11.3l0-1.7z"/><path d="m5.9 6.2 3.9 3.9M8.5 13.2h5"/>`),
  rectangle: icon(svg`<rect x="2.5" y="3.5" width="11" height="9" stroke-dasharray="2.2 1.6"/>`),
  lasso: icon(svg`<path d="M5.2 10.4C3.5 9.8 2.3 8.5 2.3 6.9c0-2.4 2.6-4.3 5.8-4.3s5.7 1.9 5.7 4.3-2.5 4.3-5.7 4.3c-.5 0-1 0-1.5-.1"/><circle cx="5.9" cy="11" r="1.3"/><path d="M5.7 12.3c.1.9-.3 1.5-1.1 2"/>`),
  widenFrame: icon(svg`<rect x="5.5" y="5" width="5" height="6"/><path d="M3.2 6.3 1.5 8l1.7 1.7M12.8 6.3 14.5 8l-1.7 1.7M6.5 3 8 1.5 9.5 3M6.5 13 8 14.5 9.5 13"/>`),
  zoomIn: icon(svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.3 10.3 3.7 3.7M7 5v4M5 7h4"/>`),
  zoomOut: icon(svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.3 10.3 3.7 3.7M5 7h4"/>`),
  fit: icon(svg`<path d="M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3"/>`),
  actual: icon(svg`<path d="m3 5 1.5-1v8M11 5l1.5-1v8M8 6.3v.1M8 9.7v.1"/>`),
  compare: icon(svg`<rect x="2.5" y="3.5" width="11" height="9"/><path d="M8 2v12"/><path d="M8 3.5h5.5v9H8z" fill="currentColor" stroke="none" opacity=".45"/>`),
} as const;
