import { l10n, type Disposable, type TextDocument, type Uri } from 'vscode';
import type { Form } from '../../core/insertion/forms';
import { pickImages } from '../dialogue/pickImages';
import { openDocument } from '../dialogue/openDocument';
import { askOne } from '../dialogue/quickInput';
import { BACK } from '../dialogue/wizard';
import { insertPictures, usualForm, type ChooseForm } from '../insertion/insertPictures';
import type { LastEditor } from '../insertion/lastEditor';
import type { Linkable } from '../insertion/pictureOf';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { openSource } from '../sources';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

/** `easel.insert`: a link to a picture at the cursor, in the document's own language, its alt text selected for a change. It writes no file. */
export function registerInsert(services: Services, target: LastEditor): Disposable {
  const insertAll = async (uris: readonly Uri[], choose: ChooseForm): Promise<readonly Uri[]> => {
    const editor = await target.show();
    const pictures: Linkable[] = [];
    for (const uri of uris) {
      const { info, recipe } = await openSource(services, uri);
      pictures.push({ uri, extent: info.extent, recipe });
    }
    await insertPictures(editor, pictures, choose);
    return [];
  };
  return registerCommand(services, {
    id: 'easel.insert',
    schema: NO_OPTIONS,
    needsTrust: false,
    person: async (uris) => {
      if (!target.isThere && !(await openDocument(l10n.t('Insert Image Link')))) return [];
      const picked = await pickImages(uris, l10n.t('Insert Image Link'), 1);
      // Who has named the picture wants it there at once.
      return picked ? insertAll(picked, uris.length > 0 ? usualForm : askForm) : [];
    },
    caller: async (uris) => insertAll(requireUris(uris, 1), usualForm),
  });
}

/** Asks how the link shall be written, where there is a choice and the settings leave it open. */
async function askForm(forms: readonly Form[], document: TextDocument): Promise<Form | undefined> {
  const own = forms.filter(({ id }) => id !== 'path');
  if (own.length < 2 || readSettings().insertForms[document.languageId] !== undefined) return forms[0];
  const position = { title: l10n.t('Insert Image Link'), step: 1, total: 1, canGoBack: false };
  const chosen = await askOne<Form>(position, {
    placeholder: l10n.t('In which form? The setting "easel.insert.form" chooses one for good'),
    choices: forms.map((form) => ({ label: form.sample, description: form.id, value: form })),
  });
  return chosen === BACK ? undefined : chosen;
}
