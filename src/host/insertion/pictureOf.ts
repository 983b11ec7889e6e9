import { Uri, workspace, type TextDocument } from 'vscode';
import type { Extent } from '../../core/geometry';
import type { Alternative, PictureLink } from '../../core/insertion/pictureLink';
import { wordsOfFile } from '../../core/links/drawing';
import type { Recipe } from '../../core/recipe';
import { relativePath } from '../../core/relativePath';
import { withoutStyle } from '../../core/style';
import { exists } from '../workspaceFiles';

/** The longest alt text that is taken from a prompt, in characters: it is read out aloud. */
const MAX_ALT = 250;

/** What a document needs to know of a picture; its file need not be there yet. */
export interface Linkable {
  readonly uri: Uri;
  readonly extent: Extent;
  readonly recipe: Recipe | undefined;
}

/** A picture as a document links to it: by the shortest path, described by its recipe's prompt or by the words of its name. */
export async function pictureOf({ uri, extent, recipe }: Linkable, document: TextDocument): Promise<PictureLink> {
  const served = servedPath(document.uri, uri);
  return {
    path: pathFrom(document.uri, uri),
    ...(served === undefined ? {} : { served }),
    alt: recipe?.prompt ? shorten(withoutStyle(recipe.prompt)) : wordsOfFile(uri.path).join(' '),
    extent,
    alternatives: await alternativesOf(document.uri, uri),
  };
}

/** The same picture in smaller formats, as *Convert* writes them. */
async function alternativesOf(document: Uri, picture: Uri): Promise<Alternative[]> {
  const found: Alternative[] = [];
  for (const type of ['image/avif', 'image/webp'] as const) {
    const path = picture.path.replace(/\.[^./]*$/, `.${type.slice('image/'.length)}`);
    const uri = picture.with({ path });
    if (path !== picture.path && (await exists(uri))) found.push({ path: pathFrom(document, uri), type });
  }
  return found;
}

/** The path from the site's root of a file in a `public` or `static` folder of the document's project. */
function servedPath(document: Uri, picture: Uri): string | undefined {
  const match = /^(.*)\/(?:public|static)(\/.*)$/.exec(picture.path);
  const [, project = '', path] = match ?? [];
  const isOutside = document.path.startsWith(`${project}/`) && !/^\/(?:public|static)\//.test(document.path.slice(project.length));
  return isOutside && workspace.getWorkspaceFolder(picture) ? path : undefined;
}

/** A picture as a document sees it: relative where both lie in one place; an untitled document is taken to lie in the workspace's folder; else the whole URI. */
function pathFrom(document: Uri, picture: Uri): string {
  if (document.scheme === 'untitled' && !document.path.startsWith('/')) {
    const folder = workspace.getWorkspaceFolder(picture);
    return folder ? relativePath(Uri.joinPath(folder.uri, 'untitled').path, picture.path) : picture.toString(true);
  }
  const sameScheme = document.scheme === picture.scheme || ['untitled', 'vscode-notebook-cell'].includes(document.scheme);
  const drive = (uri: Uri): string | undefined => /^\/([a-z]):/i.exec(uri.path)?.[1]?.toLowerCase();
  return sameScheme && document.authority === picture.authority && drive(document) === drive(picture) ? relativePath(document.path, picture.path) : picture.toString(true);
}

function shorten(prompt: string): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  if (line.length <= MAX_ALT) return line;
  return line.slice(0, MAX_ALT).replace(/\s+\S*$/, '');
}
