import { isFileName } from '../naming';
import { parentPath } from './folders';
import { withoutQuery, type ImageLink } from './imageLink';
import type { Project } from './project';
import { joinPath } from './tsconfig';

/** Languages in which a bare `hero.png` is the page's affair and not the file's. */
const IN_CODE = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact']);

/** Where a document stands. */
export interface Standpoint {
  /** The path of the document's URI. */
  readonly document: string;
  /** The folder that nothing may lead out of. */
  readonly workspace: string;
  readonly languageId: string;
  readonly project: Project;
}

/** The paths at which a link's file may lie, that at which it would be made first; none where the link leads out of the workspace, into a package or to no legal name. */
export function placesOf({ address, kind }: Pick<ImageLink, 'address' | 'kind'>, { document, workspace, languageId, project }: Standpoint): string[] {
  const written = withoutQuery(address).replace(/\\/g, '/');
  const path = kind === 'module' ? written.replace(/^~(?=[^/])/, '') : decoded(written.replace(/^~(?=@)/, ''));
  const below = (folders: readonly string[]): string[] => folders.map((folder) => joinPath(folder, path.replace(/^\/+/, '')));
  const folder = parentPath(document);
  const places = ((): string[] => {
    if (path.startsWith('/')) return below(project.served);
    if (path.startsWith('./') || path.startsWith('../')) return below([folder]);
    const aliased = aliasPlaces(path, kind, project);
    if (aliased) return aliased;
    if (kind === 'module') return [];
    if (!IN_CODE.has(languageId)) return below([folder]);
    return below(project.hasPublic ? [...project.served, folder] : [folder, ...project.served]);
  })();
  return [...new Set(places)].filter((place) => place.startsWith(`${workspace}/`) && place.slice(workspace.length + 1).split('/').every(isFileName));
}

/** Undefined where the path is no alias. In what a browser loads only those of the compilers are one: `@`, `~` and `$`. */
function aliasPlaces(path: string, kind: ImageLink['kind'], { aliases }: Project): string[] | undefined {
  const isMarked = /^[@~$#]/.test(path);
  if (kind === 'url' && !isMarked) return undefined;
  for (const { before, after, targets } of aliases) {
    if (path.startsWith(before) && path.endsWith(after)) return targets.map((target) => joinPath('/', target + path.slice(before.length)));
  }
  return kind === 'module' || /^(?:#|[@~$][\w-]*\/)/.test(path) ? [] : undefined;
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
