import { l10n, Uri, workspace } from 'vscode';
import { cssColours, parseCssColour } from '../../core/cssColours';
import type { ImageEngine } from '../../core/engine';
import { ImageError } from '../../core/errors';
import { guidesTaken } from '../../core/guides';
import { LIST_FILE } from '../../core/list/pictureList';
import { resolveFolder } from '../../core/naming';
import type { Guides, Source } from '../../core/request';
import { addedStyle, applyStyle, type ProjectStyle } from '../../core/style';
import { refuseWayOut } from '../destination';
import type { Services } from '../services';
import { openSources, type OpenedSource } from '../sources';
import type { RawStyle } from './listSchema';
import { readListStyle } from './projectList';

/** A project's style with what its files say. */
export interface LoadedStyle {
  readonly words: string;
  /** `#rrggbb`, none twice. */
  readonly palette: readonly string[];
  readonly references: readonly OpenedSource[];
}

/** A prompt as it is sent, and the pictures that go with it. */
export interface StyledPrompt {
  readonly prompt: string;
  readonly guides: Guides;
}

/** Where `theme` looks for the project's colours: the places of the common frameworks. */
const THEME_FILES = ['src/theme.css', 'theme.css', 'src/styles/theme.css', 'styles/theme.css', 'src/app/globals.css', 'app/globals.css', 'src/styles/globals.css', 'src/index.css', 'src/app.css', 'src/style.css', 'assets/css/main.css'];
/** Of a whole stylesheet only the first colours say what a project looks like. */
const MOST_OF_A_FILE = 8;
const MAX_CSS_BYTES = 2 * 1024 * 1024;

/** The style of the first workspace folder's list; undefined where there is none. Rejects with `bad-argument` and `bad-path` where it cannot be read. */
export async function projectStyle(services: Services): Promise<LoadedStyle | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const raw = folder && (await readListStyle(Uri.joinPath(folder, LIST_FILE)));
  return raw && loadStyle(services, folder, raw);
}

/** Reads the files that a style names, relative to its list's folder. Rejects like `projectStyle`. */
export async function loadStyle(services: Services, folder: Uri, { words = '', palette = [], references = [] }: RawStyle): Promise<LoadedStyle> {
  const colours: string[] = [];
  for (const source of Array.isArray(palette) ? palette : [palette]) colours.push(...(await coloursOf(folder, source)));
  const files: Uri[] = [];
  for (const reference of references) files.push(await inside(folder, reference));
  return { words, palette: [...new Set(colours)], references: await openSources(services, files) };
}

/** A style as a recipe is compared with it. */
export function styleOf({ words, palette, references }: LoadedStyle): ProjectStyle {
  return { words, palette, references: references.length };
}

/** Adds the style to a prompt: the one road of every prompt that a picture is generated from. References that the engine does not take are not spoken of, either. */
export function styled(prompt: string, style: LoadedStyle | undefined, engine: ImageEngine, parent?: Source): StyledPrompt {
  const guides: Guides = { parent, references: style?.references.map(({ source }) => source) ?? [] };
  const { references } = guidesTaken(engine, guides);
  return { prompt: applyStyle(prompt, style && { ...styleOf(style), references: references.length }), guides };
}

/** What a dialogue says of the style that will be added to its prompt; empty where none is. */
export function styleAdded(style: LoadedStyle | undefined, engine: ImageEngine): string[] {
  const added = addedStyle(styled('…', style, engine).prompt);
  return added === '' ? [] : [l10n.t('added to it: “{0}”', added)];
}

async function coloursOf(folder: Uri, source: string): Promise<string[]> {
  if (source === 'theme') return themeColours(folder);
  if (!source.startsWith('css:')) return [parseCssColour(source) ?? source];
  const [path = '', name] = source.slice('css:'.length).split('#');
  const colours = await cssOf(await inside(folder, path), path);
  if (name === undefined) return colours.slice(0, MOST_OF_A_FILE).map(({ hex }) => hex);
  const named = colours.find((colour) => colour.name === name);
  if (!named) throw new ImageError('bad-argument', `${path} declares no colour named ${name}.`);
  return [named.hex];
}

async function themeColours(folder: Uri): Promise<string[]> {
  for (const path of THEME_FILES) {
    const file = await inside(folder, path);
    const isThere = await workspace.fs.stat(file).then(() => true, () => false);
    const colours = isThere ? await cssOf(file, path) : [];
    if (colours.length > 0) return colours.slice(0, MOST_OF_A_FILE).map(({ hex }) => hex);
  }
  throw new ImageError('bad-argument', `The style's palette is "theme", but no stylesheet with colours is where one is looked for: ${THEME_FILES.join(', ')}.`);
}

async function cssOf(file: Uri, path: string): Promise<ReturnType<typeof cssColours>> {
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > MAX_CSS_BYTES) throw new ImageError('bad-argument', `${path} is too large for a stylesheet.`);
    return cssColours(new TextDecoder().decode(await workspace.fs.readFile(file)));
  } catch (cause) {
    throw cause instanceof ImageError ? cause : new ImageError('bad-argument', `The style's stylesheet ${path} cannot be read.`, { cause });
  }
}

/** A file that a style names. What it names may be sent, so that nothing outside of the project is taken. */
async function inside(folder: Uri, path: string): Promise<Uri> {
  const file = Uri.joinPath(folder, ...resolveFolder(path));
  await refuseWayOut(folder, file);
  return file;
}
