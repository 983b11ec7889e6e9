import type { EditorState } from '../../protocol/imageEditor';
import { stylePage } from '../shared/pageStyles';
import { acquireApi } from '../shared/vscodeApi';
import { EaselEditor } from './editor';
import { Line } from './line';
import { readSaved } from './savedSettings';
import { setWords } from './words';

async function start(): Promise<void> {
  const api = acquireApi();
  let editor: EaselEditor | undefined;
  let early: EditorState | undefined;
  const line = new Line(api, (state) => {
    if (editor) editor.follow(state);
    else early = state;
  });
  const ready = await line.request('ready', null);
  setWords(ready.words);
  editor = new EaselEditor(line, early ? { ...ready, state: early } : ready, readSaved(api.getState()));
  editor.role = 'main';
  document.body.append(editor);
}

stylePage();
void start();
