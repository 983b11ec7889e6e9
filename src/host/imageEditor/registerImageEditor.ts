import { Disposable, window } from 'vscode';
import type { Services } from '../services';
import { ImageEditorProvider } from './imageEditorProvider';
import { VIEW_TYPE } from './viewType';

/** The image editor: `Open With… › Easel`. */
export function registerImageEditor(services: Services): Disposable {
  const provider = new ImageEditorProvider(services);
  return Disposable.from(provider, window.registerCustomEditorProvider(VIEW_TYPE, provider, { supportsMultipleEditorsPerDocument: true }));
}
