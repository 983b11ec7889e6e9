import { svg, type SVGTemplateResult } from 'lit';

/** Our own line icons, 16 by 16, in the colour of the text around them. */
function icon(shape: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.15" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
}

export const ICONS = {
  view: icon(svg`<path d="M5 8.5V4.2a1 1 0 0 1 2 0V3.3a1 1 0 0 1 2 0v.9a1 1 0 0 1 2 0v1.1a1 1 0 0 1 2 0v4.2a4 4 0 0 1-4 4h-.8a4 4 0 0 1-3.2-1.6L2.7 8.6a1 1 0 0 1 1.6-1.2L5 8.3M7 7.5V4M9 7.5V4M11 7.8V5"/>`),
  brush: icon(svg`<path d="M13.7 2.3c-.7-.7-1.7-.4-2.4.3L6.6 7.7l1.7 1.7 5.1-4.7c.7-.7 1-1.7.3-2.4z"/><path d="M6.3 8.2c-1.7-.3-2.9.8-3.1 2.2-.2 1.3-.7 2.2-1.4 2.7 2.6.8 6 .2 6.1-2.9"/>`),
  eraser: icon(svg`<path d="m9.3 2.8 3.9 3.9-6.5 6.5H4.4L2.5 11.300l0-1.700z"/><path d="m5.900 6.200 3.900 3.900M8.500 13.200h5"/>`),
  rectangle: icon(svg`<rect x="2.500" y="3.500" width="11" height="9" stroke-dasharray="2.200 1.600"/>`),
  lasso: icon(svg`<path d="M5.200 10.400C3.500 9.800 2.300 8.500 2.300 6.900c0-2.400 2.600-4.300 5.800-4.300s5.700 1.900 5.700 4.300-2.500 4.300-5.700 4.300c-.500 0-1 0-1.500-.100"/><circle cx="5.900" cy="11" r="1.300"/><path d="M5.700 12.300c.100.900-.300 1.500-1.100 2"/>`),
  widen: icon(svg`<rect x="5.500" y="5" width="5" height="6"/><path d="M3.200 6.300 1.500 8l1.700 1.700M12.800 6.300 14.500 8l-1.700 1.700M6.500 3 8 1.500 9.500 3M6.500 13 8 14.500 9.500 13"/>`),
  zoomIn: icon(svg`<circle cx="7" cy="7" r="4.500"/><path d="m10.300 10.300 3.700 3.700M7 5v4M5 7h4"/>`),
  zoomOut: icon(svg`<circle cx="7" cy="7" r="4.500"/><path d="m10.300 10.300 3.700 3.700M5 7h4"/>`),
  fit: icon(svg`<path d="M2.500 5.500v-3h3M10.500 2.500h3v3M13.500 10.500v3h-3M5.500 13.500h-3v-3"/>`),
  actual: icon(svg`<path d="m3 5 1.500-1v8M11 5l1.500-1v8M8 6.300v.100M8 9.700v.100"/>`),
  previous: icon(svg`<path d="m10 3-5 5 5 5"/>`),
  next: icon(svg`<path d="m6 3 5 5-5 5"/>`),
  compare: icon(svg`<rect x="2.500" y="3.500" width="11" height="9"/><path d="M8 2v12"/><path d="M8 3.500h5.500v9H8z" fill="currentColor" stroke="none" opacity=".45"/>`),
} as const;
