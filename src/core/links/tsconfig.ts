import { parentPath, type Folders } from './folders';

/** A name that stands for folders: what begins with `before` and ends with `after` is looked for below each of `targets`, which are beginnings of paths. */
export interface Alias {
  readonly before: string;
  readonly after: string;
  readonly targets: readonly string[];
}

/** Segments that are no names, or a slash at an end. */
const TO_RESOLVE = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** How far `extends` is followed. */
const MOST_PARENTS = 5;

interface Config {
  readonly extends?: unknown;
  readonly compilerOptions?: { readonly baseUrl?: unknown; readonly paths?: unknown };
}

/** The `paths` of a project's `tsconfig.json` or `jsconfig.json`, also of one that it extends by a relative path; longest first. */
export async function readAliases(root: string, folders: Folders): Promise<Alias[]> {
  for (const name of ['tsconfig.json', 'jsconfig.json']) {
    if (!folders.has(`${root}/${name}`)) continue;
    const aliases = await fromConfig(`${root}/${name}`, folders, MOST_PARENTS);
    return aliases.sort((a, b) => b.before.length - a.before.length);
  }
  return [];
}

async function fromConfig(file: string, folders: Folders, depth: number): Promise<Alias[]> {
  const text = await folders.reader.read(file);
  const config = text === undefined ? undefined : parseConfig(text);
  if (!config) return [];
  const { baseUrl, paths } = config.compilerOptions ?? {};
  if (typeof paths === 'object' && paths !== null) {
    const base = joinPath(parentPath(file), typeof baseUrl === 'string' ? baseUrl : '.');
    return Object.entries(paths).flatMap(([pattern, targets]) => aliasOf(pattern, targets, base));
  }
  if (typeof config.extends !== 'string' || !config.extends.startsWith('.') || depth === 0) return [];
  const parent = joinPath(parentPath(file), config.extends);
  return fromConfig(parent.endsWith('.json') ? parent : `${parent}.json`, folders, depth - 1);
}

/** A pattern with one star, which stands for the rest. `*` alone would take every address for its own. */
function aliasOf(pattern: string, targets: unknown, base: string): Alias[] {
  const [before = '', after] = pattern.split('*');
  if (before === '' || after === undefined || !Array.isArray(targets)) return [];
  const beginnings = targets.filter((target) => typeof target === 'string' && target.endsWith('*')).map((target: string) => beginning(base, target.slice(0, -1)));
  return beginnings.length === 0 ? [] : [{ before, after, targets: beginnings }];
}

function beginning(base: string, target: string): string {
  return target.endsWith('/') || target === '' ? `${joinPath(base, target)}/` : joinPath(base, target);
}

/** Puts a relative path below a folder, resolving `.` and `..`. An absolute one begins at the root. */
export function joinPath(folder: string, relative: string): string {
  const plain = relative.startsWith('./') ? relative.slice(2) : relative;
  if (!TO_RESOLVE.test(plain) && !TO_RESOLVE.test(folder.slice(1))) return `${folder}/${plain}`;
  const segments = relative.startsWith('/') ? [] : folder.split('/').filter((segment) => segment !== '');
  for (const segment of relative.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** Reads JSON with comments and trailing commas; undefined where it is none. */
function parseConfig(text: string): Config | undefined {
  const plain = text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g, '$1').replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, '$1');
  try {
    const value: unknown = JSON.parse(plain);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
