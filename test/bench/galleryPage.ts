/** A picture of the gallery: its file beside the page. */
export interface Figure {
  readonly file: string;
  readonly caption: string;
  /** Whether some of it is clear and shows what it stands on. */
  readonly clear: boolean;
}

/** One redraw of one photograph: the way from what was sent to the result, scaled down, and rows of details at 100 %. */
export interface Exhibit {
  readonly title: string;
  readonly notes: readonly string[];
  /** What was sent and answered, tile by tile. */
  readonly overview: readonly Figure[];
  readonly results: readonly Figure[];
  readonly details: readonly (readonly Figure[])[];
}

/** The gallery as an HTML page. */
export function galleryPage(seed: number, exhibits: readonly Exhibit[]): string {
  const figure = ({ file, caption, clear }: Figure): string => `<figure><img loading="lazy" src="${encodeURI(file)}" alt=""${clear ? ' class="clear"' : ''}><figcaption>${caption}</figcaption></figure>`;
  const row = (figures: readonly Figure[], kind: string): string => `<div class="${kind}">${figures.map(figure).join('')}</div>`;
  const section = ({ title, notes, overview, results, details }: Exhibit): string =>
    `<section><h2>${title}</h2><p>${notes.join(' ')}</p>${row(overview, 'overview')}${row(results, 'results')}${details.map((figures) => row(figures, 'detail')).join('')}</section>`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Easel's seams</title>
<style>
  :root { color-scheme: light dark; --ground: light-dark(#fff, #1b1b1f); --check: light-dark(#ddd, #333); }
  body { background: var(--ground); color: light-dark(#222, #ddd); font: 14px system-ui; margin: 2em; }
  section { margin-bottom: 4em; }
  section > div { display: flex; flex-wrap: wrap; gap: 12px; margin-bottom: 12px; align-items: start; }
  figure { margin: 0; }
  figcaption { color: light-dark(#666, #999); padding: 4px 0; }
  .overview img { max-height: 160px; }
  .results img { max-height: 280px; }
  .detail img { image-rendering: pixelated; }
  .clear { background: repeating-conic-gradient(var(--check) 0 25%, var(--ground) 0 50%) 0 0 / 16px 16px; }
</style>
<h1>Easel's seams</h1><p>Simulated redraws of photographs, seed ${seed}. Details are shown pixel for pixel.</p>
${exhibits.map(section).join('\n')}
</html>
`;
}
