import { Folders, parentPath, type FolderReader } from './folders';
import type { ImageLink } from './imageLink';
import { Projects } from './project';
import { placesOf } from './resolve';
import { scanLinks } from './scanLinks';

/** A document as it is now. */
export interface LinkDocument {
  /** The path of its URI, below the workspace's. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** A link whose file is not there. */
export interface MissingImage {
  readonly link: ImageLink;
  /** The path at which the file belongs. */
  readonly target: string;
}

/** Looks for links to pictures that are not there, in the documents of one workspace folder. */
export class LinkChecker {
  readonly #workspace: string;
  readonly #folders: Folders;
  readonly #projects: Projects;

  /** `workspace` is the path of the folder's URI, without a slash at the end. */
  constructor(workspace: string, reader: FolderReader) {
    this.#workspace = workspace;
    this.#folders = new Folders(reader);
    this.#projects = new Projects(this.#folders, workspace);
  }

  /** The missing pictures of a document, in the order of its text. */
  async missingIn(document: LinkDocument): Promise<MissingImage[]> {
    const links = scanLinks(document.languageId, document.text);
    if (links.length === 0) return [];
    const resolved = await this.#resolve(document, links);
    await this.#folders.load(resolved.flatMap(({ places }) => places.map(parentPath)));
    return resolved.flatMap(({ link, places }) => {
      const [target] = places;
      return target === undefined || places.some((place) => this.#folders.has(place)) ? [] : [{ link, target }];
    });
  }

  /** The link at an offset of a document whose picture is there, with the picture's path. */
  async pictureAt(document: LinkDocument, offset: number): Promise<{ readonly link: ImageLink; readonly path: string } | undefined> {
    const links = scanLinks(document.languageId, document.text).filter(({ start, end }) => start <= offset && offset <= end);
    const [found] = await this.#resolve(document, links);
    if (!found) return undefined;
    await this.#folders.load(found.places.map(parentPath));
    const path = found.places.find((place) => this.#folders.has(place));
    return path === undefined ? undefined : { link: found.link, path };
  }

  /** Where an address of a document belongs, whether the document holds it or not; undefined where it is nowhere in the workspace. */
  async targetOf(document: LinkDocument, address: string): Promise<string | undefined> {
    const [resolved] = await this.#resolve(document, [{ address, kind: 'url' }]);
    return resolved?.places[0];
  }

  /** Forgets what is known of folders: something has come or gone. */
  forget(): void {
    this.#folders.forget();
    this.#projects.forget();
  }

  async #resolve<L extends Pick<ImageLink, 'address' | 'kind'>>({ path, languageId }: LinkDocument, links: readonly L[]): Promise<{ readonly link: L; readonly places: string[] }[]> {
    const project = await this.#projects.of(parentPath(path));
    const standpoint = { document: path, workspace: this.#workspace, languageId, project };
    return links.map((link) => ({ link, places: placesOf(link, standpoint) }));
  }
}
