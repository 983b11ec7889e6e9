import { l10n, Uri, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { ImageError } from '../../core/errors';
import { extentOfMissing, promptOfMissing } from '../../core/links/drawing';
import { generatedFormat, type ImageLink } from '../../core/links/imageLink';
import { checkPrompt } from '../../core/prompts';
import type { GenerateRequest } from '../../core/request';
import { confined, refuseWayOut } from '../destination';
import { askMissing } from '../dialogue/askMissing';
import type { ChosenEngine } from '../engines';
import type { Links } from '../links/links';
import type { MissingLink } from '../links/missingLink';
import type { Work } from '../runRequests';
import { randomSeed } from '../seed';
import { projectStyle, styled } from '../pictureList/projectStyle';
import type { Services } from '../services';
import { readSettings } from '../settings';
import type { Settings } from '../settingsSchema';
import { displayPath } from '../uris';
import { exists } from '../workspaceFiles';
import { MISSING_OPTIONS, type MissingOptions } from './options';
import { registerVerb } from './register';
import { requireUris } from './sourceOutput';

/** `easel.generateMissing`: the pictures that a document names and that are not there, each at exactly its path. A person calls it with the document and, if not all are meant, their places. */
export function registerGenerateMissing(services: Services, links: () => Promise<Links>): Disposable {
  return registerVerb(services, {
    id: 'easel.generateMissing',
    schema: MISSING_OPTIONS,
    ask: async ([uri = window.activeTextEditor?.document.uri, ...targets]) => {
      if (!uri) return undefined;
      const missing = await (await links()).missingIn(await workspace.openTextDocument(uri));
      const meant = targets.length === 0 ? missing : missing.filter(({ target }) => targets.some((other) => other.path === target.path));
      return askForMissing(services, meant, l10n.t('{0} has no missing images.', displayPath(uri)));
    },
    read: async (uris, options) => read(services, await links(), uris, options),
  });
}

/** Asks a person for the pictures that are to be drawn, with their prompts and the cost. Undefined where they turned away, or none is missing. */
export async function askForMissing(services: Services, missing: readonly MissingLink[], none: string): Promise<Work | undefined> {
  if (missing.length === 0) {
    void window.showInformationMessage(`Easel: ${none}`);
    return undefined;
  }
  const settings = readSettings();
  const chosen = await services.engines.choose(settings);
  // A picture that is named twice is drawn once: by the first link that says what it shows.
  const first = new Map<string, MissingLink>();
  for (const one of missing) {
    const known = first.get(one.target.path);
    if (!known || (known.link.alt === undefined && one.link.alt !== undefined)) first.set(one.target.path, one);
  }
  const style = await projectStyle(services);
  const works = [...first.values()].map((one) => {
    const request = requestOf(one.target, one.link, settings);
    return { ...request, ...styled(request.prompt, style, chosen.engine) };
  });
  const requests = await askMissing(services, workOf('person', chosen, settings, works));
  for (const { output } of requests ?? []) if (output.kind === 'exact') await refuseTarget(Uri.parse(output.uri, true));
  return requests && workOf('person', chosen, settings, requests);
}

async function read(services: Services, links: Links, uris: readonly Uri[], { link: address, prompt, seed }: MissingOptions): Promise<Work> {
  const [uri] = requireUris(uris, 1);
  if (address === undefined || !uri) throw new ImageError('bad-argument', 'Which picture? Give the "link" as the document has it.');
  const document = await openDocument(uri);
  const target = await links.targetOf(document, address);
  if (!target) throw new ImageError('bad-path', `${address} is no file of this workspace folder.`);
  if (generatedFormat(target.path) === undefined) throw new ImageError('unsupported', `Easel generates no file of that kind: ${address}.`);
  await refuseTarget(target);
  const named = (await links.missingIn(document)).find((missing) => missing.target.path === target.path && (missing.link.address === address || missing.link.alt !== undefined));
  const settings = readSettings();
  const wanted = requestOf(target, named?.link, settings);
  const chosen = await services.engines.choose(settings);
  const checked = checkPrompt(prompt ?? wanted.prompt, chosen.engine.model);
  return workOf('caller', chosen, settings, [{ ...wanted, ...styled(checked, await projectStyle(services), chosen.engine), seed: seed ?? wanted.seed }]);
}

async function openDocument(uri: Uri): Promise<TextDocument> {
  try {
    return await workspace.openTextDocument(uri);
  } catch (cause) {
    throw new ImageError('bad-path', `${displayPath(uri)} is no text document that can be read.`, { cause });
  }
}

/** A picture belongs into the document's workspace folder, not through a link out of it, and never over a file. */
async function refuseTarget(target: Uri): Promise<void> {
  const folder = workspace.getWorkspaceFolder(target);
  if (!folder) throw new ImageError('bad-path', `${displayPath(target)} lies outside the workspace.`);
  await refuseWayOut(folder.uri, Uri.joinPath(target, '..'));
  if (await exists(target)) throw new ImageError('bad-path', `${displayPath(target)} is there already.`);
}

function requestOf(target: Uri, link: Partial<ImageLink> = {}, settings: Settings): GenerateRequest {
  return {
    operation: 'generate',
    prompt: promptOfMissing(target.path, link),
    extent: extentOfMissing(target.path, link, settings.purposes),
    count: 1,
    seed: randomSeed(),
    format: generatedFormat(target.path) ?? 'png',
    output: confined({ kind: 'exact', uri: target.toString() }),
    embedRecipe: settings.embedRecipe,
  };
}

function workOf(audience: Work['audience'], chosen: ChosenEngine, settings: Settings, requests: readonly GenerateRequest[]): Work & { readonly requests: readonly GenerateRequest[] } {
  return { title: l10n.t('Easel: Generating missing images'), audience, requests, chosen, settings, unopened: true };
}
