import { EventEmitter, window, type CustomDocument, type CustomDocumentEditEvent, type CustomEditorProvider, type Disposable } from 'vscode';
import { IMAGE_EDITOR_VIEW_TYPE } from '../viewTypes';

/**
 * The image editor: `Open With… › Easel`. VS Code wants its provider the moment a window comes back, before anything else is loaded:
 * what it asks for is passed on to the provider that `load` answers.
 */
export function registerImageEditor<T extends CustomDocument>(load: () => Promise<CustomEditorProvider<T>>): Disposable {
  const edits = new EventEmitter<CustomDocumentEditEvent<T>>();
  let loaded: Promise<CustomEditorProvider<T>> | undefined;
  const provider = (): Promise<CustomEditorProvider<T>> =>
    (loaded ??= load().then((real) => {
      real.onDidChangeCustomDocument((edit) => edits.fire(edit as CustomDocumentEditEvent<T>));
      return real;
    }));
  return window.registerCustomEditorProvider(
    IMAGE_EDITOR_VIEW_TYPE,
    {
      onDidChangeCustomDocument: edits.event,
      openCustomDocument: async (...call) => (await provider()).openCustomDocument(...call),
      resolveCustomEditor: async (...call) => (await provider()).resolveCustomEditor(...call),
      saveCustomDocument: async (...call) => (await provider()).saveCustomDocument(...call),
      saveCustomDocumentAs: async (...call) => (await provider()).saveCustomDocumentAs(...call),
      revertCustomDocument: async (...call) => (await provider()).revertCustomDocument(...call),
      backupCustomDocument: async (...call) => (await provider()).backupCustomDocument(...call),
    } satisfies CustomEditorProvider<T>,
    { supportsMultipleEditorsPerDocument: true },
  );
}
