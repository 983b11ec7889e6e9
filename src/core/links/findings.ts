import { isLocalImage, type ImageLink, type LinkDraft } from './imageLink';

/** What a tag says of the picture that it shows. */
export type Described = Pick<LinkDraft, 'alt' | 'heading' | 'width' | 'height' | 'purpose'>;

/** Adds to a link what is known of it besides its address. */
export function describe(link: LinkDraft, { alt, heading, width, height, purpose }: Described): void {
  if (alt !== undefined) link.alt = alt;
  if (heading !== undefined) link.heading = heading;
  if (width !== undefined) link.width = width;
  if (height !== undefined) link.height = height;
  if (purpose !== undefined) link.purpose = purpose;
}

/** The links of one document as its scanners find them. An imported picture gets its description from the tag that shows it, wherever that stands. */
export class Findings {
  readonly #links: LinkDraft[] = [];
  readonly #imports = new Map<string, number>();
  readonly #shown = new Map<string, Described>();

  /** Adds a link if it names a picture that could be generated. */
  readonly add = (link: LinkDraft): void => {
    if (isLocalImage(link.address)) this.#links.push(link);
  };

  /** Adds what `import name from '…'` names. */
  addImport(name: string, link: LinkDraft): void {
    if (!isLocalImage(link.address)) return;
    this.#imports.set(name, this.#links.length);
    this.#links.push(link);
  }

  /** Notes that a tag shows what was imported under a name; its first description counts. */
  show(name: string, described: Described): void {
    if (!this.#shown.has(name)) this.#shown.set(name, described);
  }

  /** All links, in the order of the text. */
  all(): ImageLink[] {
    for (const [name, index] of this.#imports) {
      const link = this.#links[index];
      const described = this.#shown.get(name);
      if (link && described) describe(link, described);
    }
    return this.#links.sort((a, b) => a.start - b.start);
  }
}
