/** A picture of the gallery: its file beside the page. */
export interface Figure {
  readonly file: string;
  readonly caption: string;
}

/** One redraw of one photograph: the way from what was sent to the result, scaled down, and rows of details at 100 %. */
export interface Exhibit {
  readonly title: string;
  readonly overview: readonly Figure[];
  readonly details: readonly (readonly Figure[])[];
}

/** The gallery as an HTML page. */
export function galleryPage(seed: number, exhibits: readonly Exhibit[]): string {
  const figure = ({ file, caption }: Figure): string => `<figure><img loading="lazy" src="${file}" alt=""><figcaption>${caption}</figcaption></figure>`;
  const row = (figures: readonly Figure[], kind: string): string => `<div class="${kind}">${figures.map(figure).join('')}</div>`;
  const section = ({ title, overview, details }: Exhibit): string => `<section><h2>${title}</h2>${row(overview, 'overview')}${details.map((figures) => row(figures, 'detail')).join('')}</section>`;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Easel's seams</title>
<style>
  body { background: #1b1b1f; color: #ddd; font: 14px system-ui; margin: 2em; }
  section { margin-bottom: 4em; }
  .overview, .detail { display: flex; gap: 12px; margin-bottom: 12px; align-items: start; }
  figure { margin: 0; }
  figcaption { color: #999; padding: 4px 0; }
  .overview img { height: 240px; }
  .detail img { image-rendering: pixelated; }
</style>
<h1>Easel's seams</h1><p>Simulated redraws of photographs, seed ${seed}. Details are shown pixel for pixel.</p>
${exhibits.map(section).join('\n')}
</html>
`;
}
