import { parentPath, type Folders } from './folders';
import { readAliases, type Alias } from './tsconfig';

/** What decides how the addresses of a document are resolved. */
export interface Project {
  /** Folders whose files a browser gets at `/`, the likeliest first; never empty. */
  readonly served: readonly string[];
  /** Whether the first of them is for such files alone: `public` or `static`. */
  readonly hasPublic: boolean;
  /** Longest first. */
  readonly aliases: readonly Alias[];
}

/** What marks the folder that a site or a package begins in. */
const MARKERS = ['package.json', 'hugo.toml', 'hugo.yaml', '_config.yml', 'mkdocs.yml'];
/** Where frameworks keep what is served as it is. */
const PUBLIC = ['public', 'static'];

/** Finds out how the project around a document is made, once for each folder. */
export class Projects {
  readonly #folders: Folders;
  readonly #workspace: string;
  readonly #known = new Map<string, Promise<Project>>();

  constructor(folders: Folders, workspace: string) {
    this.#folders = folders;
    this.#workspace = workspace;
  }

  /** The project of the documents in a folder below the workspace's. */
  of(folder: string): Promise<Project> {
    const known = this.#known.get(folder) ?? this.#find(folder);
    this.#known.set(folder, known);
    return known;
  }

  forget(): void {
    this.#known.clear();
  }

  async #find(folder: string): Promise<Project> {
    const root = await this.#rootOf(folder);
    const roots = [...new Set([root, this.#workspace])];
    await this.#folders.load(roots);
    const there = (names: readonly string[]): string[] => roots.flatMap((at) => names.map((name) => `${at}/${name}`)).filter((path) => this.#folders.has(path));
    const published = there(PUBLIC);
    const sources = there(['src']);
    const inSources = sources.some((source) => folder === source || folder.startsWith(`${source}/`));
    return {
      served: [...published, ...(inSources ? [...sources, ...roots] : [...roots, ...sources])],
      hasPublic: published.length > 0,
      aliases: [...(await readAliases(root, this.#folders)), ...this.#usualAliases(root)],
    };
  }

  async #rootOf(folder: string): Promise<string> {
    for (let at = folder; at.length > this.#workspace.length; at = parentPath(at)) {
      await this.#folders.load([at]);
      if (MARKERS.some((marker) => this.#folders.has(`${at}/${marker}`))) return at;
    }
    return this.#workspace;
  }

  /** What Vue's, Nuxt's and SvelteKit's tools take for granted. */
  #usualAliases(root: string): Alias[] {
    if (!this.#folders.has(`${root}/package.json`)) return [];
    const source = ['src', 'app'].map((name) => `${root}/${name}`).filter((path) => this.#folders.has(path));
    const targets = [...source, root].map((path) => `${path}/`);
    return [
      { before: '$lib/', after: '', targets: [`${root}/src/lib/`] },
      { before: '@/', after: '', targets },
      { before: '~/', after: '', targets },
    ];
  }
}
