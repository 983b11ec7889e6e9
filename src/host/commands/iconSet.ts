import { env, l10n, Uri, window, workspace, type Disposable } from 'vscode';
import { ICON_NAMES, iconTags, manifestIcons, siteHref, type IconHref, type IconName } from '../../core/icons';
import { relativePath } from '../../core/relativePath';
import { pickFolder, workspaceFolder } from '../destination';
import { pickImages } from '../dialogue/pickImages';
import { askOne } from '../dialogue/quickInput';
import type { Choice } from '../dialogue/typedChoices';
import { BACK, type Position } from '../dialogue/wizard';
import type { Services } from '../services';
import { savedWords } from '../words';
import { displayPath, parentOf } from '../uris';
import { exists } from '../workspaceFiles';
import { filesOf, toldOf, workLocally, type Made } from './localWork';
import { ICON_SET_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

/** `easel.iconSet`: the icons of a site and an app from one picture; a person is offered the tags and the manifest's entries, too. */
export function registerIconSet(services: Services): Disposable {
  const make = (uris: readonly Uri[], folder: Uri | undefined, confine: boolean): Promise<readonly Made[]> =>
    workLocally(services, {
      title: l10n.t('Easel: Drawing icons'),
      uris,
      ...(folder ? { folder } : {}),
      confine,
      make: async (picture, _source, signal) =>
        (await services.jobs.pixels.icons(picture, signal)).map(({ name, bytes }) => {
          const dot = name.lastIndexOf('.');
          return { stem: name.slice(0, dot), extension: name.slice(dot + 1), bytes };
        }),
    });
  return registerCommand(services, {
    id: 'easel.iconSet',
    schema: ICON_SET_OPTIONS,
    needsTrust: true,
    withoutModel: true,
    person: async (uris) => {
      const [picked] = (await pickImages(uris, l10n.t('Make an Icon Set'), 1)) ?? [];
      const folder = picked && (await askFolder(picked));
      if (!picked || !folder) return [];
      const made = await make([picked], folder, false);
      const files = filesOf(made);
      void offerTags(services, files, toldOf(made)).catch((error: unknown) => services.log.warn(`After the icons: ${String(error)}`));
      return files;
    },
    caller: async (uris, { folder }) => filesOf(await make(requireUris(uris, 1), folder === undefined ? undefined : await workspaceFolder(folder), folder !== undefined)),
  });
}

/** Asks for a folder: the picture's, one that a site is served from, or any. Undefined where the person turned away. */
async function askFolder(picture: Uri): Promise<Uri | undefined> {
  const position: Position = { title: l10n.t('Make an Icon Set'), step: 1, total: 1, canGoBack: false };
  const own = parentOf(picture);
  const served: Uri[] = [];
  for (const { uri } of workspace.workspaceFolders ?? []) {
    for (const name of ['public', 'static']) {
      const folder = Uri.joinPath(uri, name);
      if (folder.path !== own.path && (await exists(folder))) served.push(folder);
    }
  }
  const other = 'other';
  const choices: Choice<Uri | typeof other>[] = [own, ...served].map((folder) => ({ label: `$(folder) ${displayPath(folder)}`, description: folder === own ? l10n.t('beside the picture') : '', value: folder }));
  const picked = await askOne<Uri | typeof other>(position, { placeholder: l10n.t('Where shall the icons go?'), choices: [...choices, { label: `$(folder-opened) ${l10n.t('Another folder…')}`, value: other }] });
  if (picked === other) return pickFolder(l10n.t('Save Icons Here'));
  return picked === BACK ? undefined : picked;
}

/** Says what was saved and what else is to be `told`, and offers what makes the icons known to a page. */
async function offerTags(services: Services, files: readonly Uri[], told: string): Promise<void> {
  const editor = window.activeTextEditor;
  const page = editor && /^(?:html|vue|svelte|astro|php|handlebars|razor)$/.test(editor.document.languageId) ? editor : undefined;
  const insert = l10n.t('Insert Tags');
  const copyTags = l10n.t('Copy Tags');
  const copyManifest = l10n.t('Copy Manifest Entries');
  const answer = await window.showInformationMessage(`Easel: ${savedWords(files)}.${told}`, ...(page ? [insert] : []), copyTags, copyManifest);
  if (answer === insert && page) {
    const href = hrefs(files, (file) => relativePath(page.document.uri.path, file.path).split('/').map(encodeURIComponent).join('/'));
    await page.edit((edit) => edit.insert(page.selection.active, `${iconTags(href)}\n`));
    return;
  }
  const onSite = hrefs(files, (file) => siteHref(workspace.asRelativePath(file, false)));
  if (answer === copyTags) await env.clipboard.writeText(iconTags(onSite));
  else if (answer === copyManifest) await env.clipboard.writeText(manifestIcons(onSite));
  if (answer !== undefined) services.log.info('Copied the icons’ tags or manifest entries.');
}

/** A numbered file still stands for its icon: files come in the order of the names. */
function hrefs(files: readonly Uri[], address: (file: Uri) => string): IconHref {
  return (name: IconName) => {
    const file = files[ICON_NAMES.indexOf(name)];
    return file && address(file);
  };
}
