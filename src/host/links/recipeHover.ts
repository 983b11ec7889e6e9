import { Hover, l10n, languages, MarkdownString, Range, workspace, type Disposable, type Position, type TextDocument, type Uri } from 'vscode';
import { formatExtent, type Extent } from '../../core/geometry';
import { extentOfMissing } from '../../core/links/drawing';
import { LINK_LANGUAGES } from '../../core/links/languages';
import { plainMarkdown } from '../../core/plainMarkdown';
import { parseRecipe } from '../../core/recipe';
import { withoutStyle } from '../../core/style';
import { readHead } from '../../node/fileHead';
import { peekPng } from '../../pixels/png/peek';
import type { FactsOf, PictureFacts } from '../recipes/pictureFacts';
import { readSettings } from '../settings';
import { displayPath } from '../uris';
import type { Links } from './links';

/** How far into a file the recipe is looked for, in bytes: Easel writes it before the pixels. */
const HEAD_BYTES = 128 * 1024;
/** Elsewhere than on this machine's disk a file is read whole, up to so many bytes. */
const REMOTE_BYTES = 4 * 1024 * 1024;
/** A larger file is neither shown nor read: the window would read it all. */
const SHOWN_BYTES = 16 * 1024 * 1024;
/** In CSS pixels. VS Code's hover is at least 250 high, which holds the picture and four lines of words. */
const SHOWN_WIDTH = 320;
const SHOWN_HEIGHT = 120;
const LONGEST_PROMPT = 600;
/** Asks for the prompt, and names the cost, before anything is sent. */
const GENERATE = 'easel.generateMissing';
const COMMANDS = ['easel.runAgain', 'easel.vary', 'easel.widen', 'easel.showRecipe'] as const;
type HoverCommand = (typeof COMMANDS)[number];
/** What starts from the picture alone. */
const WITHOUT_RECIPE: readonly HoverCommand[] = ['easel.vary', 'easel.widen'];

/**
 * A hover on the link of a picture: the picture and its size, of one that says how it was made also its prompt and what starts from the recipe; of one that is not there
 * how to get it.
 */
export function registerRecipeHover(links: Links, factsOf: FactsOf): Disposable {
  return languages.registerHoverProvider([...LINK_LANGUAGES], { provideHover: (document, position) => hoverAt(links, factsOf, document, position) });
}

async function hoverAt(links: Links, factsOf: FactsOf, document: TextDocument, position: Position): Promise<Hover | undefined> {
  const offset = document.offsetAt(position);
  const found = await links.pictureAt(document, offset);
  if (!found) return missingAt(links, document, offset);
  const { size } = await workspace.fs.stat(found.uri);
  const facts = (await recipeFacts(found.uri, size)) ?? (size <= SHOWN_BYTES ? await factsOf(found.uri) : {});
  const { start, end } = found.link;
  return facts && new Hover(contentOf(found.uri, size, facts), new Range(document.positionAt(start), document.positionAt(end)));
}

/** What a PNG with a recipe says in its first bytes; nothing else is loaded for it. */
async function recipeFacts(uri: Uri, size: number): Promise<PictureFacts | undefined> {
  const peek = peekPng(await headOf(uri, size));
  const recipe = peek && parseRecipe(peek.recipe);
  return recipe && { extent: peek.extent, recipe };
}

async function missingAt(links: Links, document: TextDocument, offset: number): Promise<Hover | undefined> {
  const missing = (await links.missingIn(document)).find(({ link }) => link.start <= offset && offset <= link.end);
  if (!missing) return undefined;
  const { link, target } = missing;
  // A file may have come that the window has not been told of yet.
  if (await workspace.fs.stat(target).then(() => true, () => false)) return undefined;
  const text = new MarkdownString();
  text.isTrusted = { enabledCommands: [GENERATE] };
  const size = formatExtent(extentOfMissing(target.path, link, readSettings().purposes));
  const argument = argumentOf(document.uri, target);
  const action = plainMarkdown(l10n.t("Generate '{0}' ({1})…", displayPath(target), size));
  text.appendMarkdown(`${plainMarkdown(l10n.t('Not there yet.'))} [${action}](command:${GENERATE}?${argument})`);
  return new Hover(text, new Range(document.positionAt(link.start), document.positionAt(link.end)));
}

async function headOf(uri: Uri, size: number): Promise<Uint8Array> {
  if (uri.scheme === 'file') return readHead(uri.fsPath, Math.min(size, HEAD_BYTES));
  return size <= REMOTE_BYTES ? workspace.fs.readFile(uri) : new Uint8Array();
}

/** Files as a command link's argument; a round bracket would end the link. */
function argumentOf(...uris: readonly Uri[]): string {
  return encodeURIComponent(JSON.stringify(uris.map((uri) => uri.toString()))).replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
}

/** What a file says of itself is text and escaped as such; only Easel's own commands may be run from here, each of which asks before it sends anything. */
function contentOf(uri: Uri, size: number, { extent, recipe }: PictureFacts): MarkdownString {
  const offered = recipe ? COMMANDS : WITHOUT_RECIPE;
  const text = new MarkdownString();
  text.isTrusted = { enabledCommands: offered };
  if (size <= SHOWN_BYTES) text.appendMarkdown(`![](${uri.toString()}|${shownSize(extent)})\n\n`);
  const line = [displayPath(uri), ...(extent ? [formatExtent(extent)] : []), ...(recipe ? [recipe.model] : [])];
  text.appendMarkdown(`${plainMarkdown(line.join(' · '))}\n\n`);
  const words: Record<HoverCommand, string> = {
    'easel.runAgain': l10n.t('Run Again'),
    'easel.vary': l10n.t('Vary'),
    'easel.widen': l10n.t('Widen'),
    'easel.showRecipe': l10n.t('Show Recipe'),
  };
  const argument = argumentOf(uri);
  text.appendMarkdown(offered.map((id) => `[${words[id]}](command:${id}?${argument})`).join(' · '));
  // Last, since it may be long, and what does not fit is scrolled to.
  const prompt = withoutStyle(recipe?.prompt ?? '');
  if (prompt !== '') text.appendMarkdown(`\n\n${plainMarkdown(prompt.length > LONGEST_PROMPT ? `${prompt.slice(0, LONGEST_PROMPT)}…` : prompt)}`);
  return text;
}

/** With its height, so that the hover has its place when the picture comes. */
function shownSize(extent: Extent | undefined): string {
  if (!extent) return `width=${SHOWN_WIDTH}`;
  const scale = Math.min(1, SHOWN_WIDTH / extent.width, SHOWN_HEIGHT / extent.height);
  return `width=${Math.max(1, Math.round(extent.width * scale))},height=${Math.max(1, Math.round(extent.height * scale))}`;
}
