import type { WorkspaceFiles } from '../core/ports';
import type { Output } from '../core/request';

/** The folder and the name's stem that a picture is meant for. */
export function placeOf(output: Output, files: Pick<WorkspaceFiles, 'folderOf' | 'stemOf'>): { readonly folder: string; readonly stem: string } {
  if (output.kind === 'new' || output.kind === 'candidates') return { folder: output.folder, stem: output.stem };
  return { folder: files.folderOf(output.uri), stem: files.stemOf(output.uri) };
}
