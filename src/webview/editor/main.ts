import { css } from 'lit';
import type { EditorState } from '../../protocol/imageEditor';
import { acquireApi } from '../studio/vscodeApi';
import { EaselEditor } from './editor';
import { Line } from './line';
import { readSaved } from './savedSettings';
import { setWords } from './words';

const pageStyle = css`
  body {
    margin: 0;
    overflow: hidden;
    padding: 0;
  }
`.styleSheet;

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

// As a constructed sheet: the page's policy allows no inline style.
if (pageStyle) document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyle];
void start();
