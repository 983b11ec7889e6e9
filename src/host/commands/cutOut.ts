import { commands, l10n, window, type Disposable, type Uri } from 'vscode';
import { pickImages } from '../dialogue/pickImages';
import { askOne } from '../dialogue/quickInput';
import { BACK, type Position } from '../dialogue/wizard';
import type { Services } from '../services';
import { savedWords } from '../words';
import { filesOf, toldOf, workLocally, type Made } from './localWork';
import { CUT_OUT_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

/** `easel.cutOut`: a picture without its plain background, as a PNG beside it. Works on this machine and costs nothing. */
export function registerCutOut(services: Services): Disposable {
  const make = (uris: readonly Uri[], enclosed: boolean): Promise<readonly Made[]> => {
    const { pixels, files } = services.jobs;
    return workLocally(services, {
      title: l10n.t('Easel: Cutting out the background'),
      uris,
      make: async (picture, { uri }, signal) => {
        const cut = await pixels.cutOut(picture, enclosed, signal);
        try {
          return [{ stem: `${files.stemOf(uri.toString())}-cutout`, extension: 'png', bytes: await pixels.encode(cut, { format: 'png' }, signal) }];
        } finally {
          pixels.close(cut);
        }
      },
    });
  };
  return registerCommand(services, {
    id: 'easel.cutOut',
    schema: CUT_OUT_OPTIONS,
    needsTrust: true,
    withoutModel: true,
    person: async (uris) => {
      const picked = await pickImages(uris, l10n.t('Cut Out Background'), 1);
      const enclosed = picked && (await askEnclosed());
      if (!picked || enclosed === undefined) return [];
      const made = await make(picked, enclosed);
      const files = filesOf(made);
      const [first] = files;
      if (first) void commands.executeCommand('vscode.open', first);
      void window.showInformationMessage(`Easel: ${savedWords(files)}.${toldOf(made)}`);
      return files;
    },
    caller: async (uris, { enclosed = false }) => filesOf(await make(requireUris(uris, 1), enclosed)),
  });
}

/** Nothing in a picture tells a letter's counter from the white of an eye. Undefined where the person turned away. */
async function askEnclosed(): Promise<boolean | undefined> {
  const position: Position = { title: l10n.t('Cut Out Background'), step: 1, total: 1, canGoBack: false };
  const answer = await askOne<boolean>(position, {
    placeholder: l10n.t('What goes?'),
    choices: [
      { label: l10n.t('What surrounds the subject'), value: false },
      { label: l10n.t('Enclosed areas of the same colour, too'), description: l10n.t('holes in letters, gaps between hair'), value: true },
    ],
  });
  return answer === BACK ? undefined : answer;
}
