import { l10n, StatusBarAlignment, window, type Disposable } from 'vscode';
import type { EditorPanel } from './editorPanel';

/** The size and the zoom of the picture in front, in the status bar where VS Code's own preview has them. */
export class EditorStatus implements Disposable {
  readonly #size = window.createStatusBarItem('easel.imageSize', StatusBarAlignment.Right, 101);
  readonly #zoom = window.createStatusBarItem('easel.imageZoom', StatusBarAlignment.Right, 102);
  #shown: EditorPanel | undefined;

  constructor() {
    this.#size.name = l10n.t('Easel: image size');
    this.#zoom.name = l10n.t('Easel: image zoom');
  }

  /** Shows what an editor says, if it is the one in front. */
  update(editor: EditorPanel): void {
    if (!editor.isActive) return this.forget(editor);
    this.#shown = editor;
    const { width, height } = editor.extent;
    this.#size.text = `${width}x${height}`;
    this.#size.show();
    if (editor.scale === 0) return this.#zoom.hide();
    this.#zoom.text = `${Math.round(editor.scale * 100)}%`;
    this.#zoom.show();
  }

  /** Clears the status bar where it shows this editor. */
  forget(editor: EditorPanel): void {
    if (this.#shown !== editor) return;
    this.#shown = undefined;
    this.#size.hide();
    this.#zoom.hide();
  }

  dispose(): void {
    this.#size.dispose();
    this.#zoom.dispose();
  }
}
