/** What names stand in a folder. On most machines' file systems `Hero.png` and `hero.png` are one name, and so they are here. */
export interface Listing {
  has(name: string): boolean;
}

/** How folders and small files are read. Paths are a URI's: decoded, absolute, no slash at the end. */
export interface FolderReader {
  /** The names in a folder; undefined where there is none. */
  list(folder: string): Promise<readonly string[] | undefined>;
  /** A file's text; undefined where there is none. */
  read(file: string): Promise<string | undefined>;
}

/** Folders that have been looked into, so that thousands of links cost one look into each folder. */
export class Folders {
  readonly reader: FolderReader;
  #listings = new Map<string, Listing | undefined>();

  constructor(reader: FolderReader) {
    this.reader = reader;
  }

  /** Looks into folders that are not known yet. */
  async load(folders: Iterable<string>): Promise<void> {
    // What is asked before everything is forgotten must not be taken for known after it.
    const listings = this.#listings;
    const unknown = [...new Set(folders)].filter((folder) => !listings.has(folder));
    await Promise.all(
      unknown.map(async (folder) => {
        const names = await this.reader.list(folder);
        listings.set(folder, names && listingOf(names));
      }),
    );
  }

  /** Whether a file or folder is there; its folder must have been loaded. */
  has(path: string): boolean {
    return this.#listings.get(parentPath(path))?.has(path.slice(path.lastIndexOf('/') + 1)) ?? false;
  }

  /** Forgets everything: something has come or gone. */
  forget(): void {
    this.#listings = new Map();
  }
}

/** The folder of a path; the root's is empty. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function listingOf(names: readonly string[]): Listing {
  const known = new Set(names.map(folded));
  return { has: (name) => known.has(folded(name)) };
}

/** macOS keeps names decomposed. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
