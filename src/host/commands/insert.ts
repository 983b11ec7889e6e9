import { commands, Disposable, l10n, window, type TextDocument, type Uri } from 'vscode';
import type { Form } from '../../core/insertion/forms';
import type { PictureLink } from '../../core/insertion/pictureLink';
import { pickImages } from '../dialogue/pickImages';
import { askOne } from '../dialogue/quickInput';
import { BACK } from '../dialogue/wizard';
import { insertLinks } from '../insertion/insertLinks';
import { LastEditor, noDocument } from '../insertion/lastEditor';
import { commonForms } from '../insertion/markupFor';
import { pictureOf } from '../insertion/pictureOf';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { openSource } from '../sources';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';
import { requireUris } from './sourceOutput';

type ChooseForm = (forms: readonly Form[], document: TextDocument) => Promise<Form | undefined>;

/** `easel.insert`: a link to a picture at the cursor, in the document's own language, its alt text selected for a change. It writes no file. */
export function registerInsert(services: Services): Disposable {
  const target = new LastEditor();
  const insertAll = async (uris: readonly Uri[], choose: ChooseForm): Promise<readonly Uri[]> => {
    const editor = await target.show();
    const pictures: PictureLink[] = [];
    for (const uri of uris) {
      const { info, recipe } = await openSource(services, uri);
      pictures.push(await pictureOf({ uri, extent: info.extent, recipe }, editor.document));
    }
    const form = await choose(commonForms(editor.document, pictures), editor.document);
    if (form) await insertLinks(editor, pictures.map(form.write));
    return [];
  };
  const command = registerCommand(services, {
    id: 'easel.insert',
    schema: NO_OPTIONS,
    needsTrust: false,
    person: async (uris) => {
      if (!target.isThere) return offerDocuments();
      const picked = await pickImages(uris, l10n.t('Insert Image Link'), 1);
      // Who has named the picture wants it there at once.
      return picked ? insertAll(picked, uris.length > 0 ? usualForm : askForm) : [];
    },
    caller: async (uris) => insertAll(requireUris(uris, 1), usualForm),
  });
  return Disposable.from(command, target);
}

async function usualForm([form]: readonly Form[]): Promise<Form | undefined> {
  return form;
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

/** Tells a person that there is nothing to insert into, without waiting for an answer. */
function offerDocuments(): readonly Uri[] {
  const open = l10n.t('Open a File…');
  void window.showInformationMessage(`Easel: ${noDocument()}`, open).then((answer) => (answer === open ? commands.executeCommand('workbench.action.quickOpen') : undefined));
  return [];
}
