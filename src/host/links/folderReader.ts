import type { Uri } from 'vscode';
import type { FolderReader } from '../../core/links/folders';
import { bytesOf, namesIn } from '../quickFiles';

/** The largest configuration file that is read, in bytes. */
const MAX_BYTES = 256 * 1024;

/** Reads folders wherever a workspace folder lies. */
export function folderReader(root: Uri): FolderReader {
  return {
    list: (folder) => namesIn(root.with({ path: folder })),
    read: async (file) => {
      const bytes = await bytesOf(root.with({ path: file }));
      return bytes === undefined || bytes.length > MAX_BYTES ? undefined : new TextDecoder().decode(bytes);
    },
  };
}
