import { workspace, type Uri } from 'vscode';
import type { FolderReader } from '../../core/links/folders';

/** The largest configuration file that is read, in bytes. */
const MAX_BYTES = 256 * 1024;

/** Reads folders wherever a workspace folder lies. */
export function folderReader(root: Uri): FolderReader {
  return {
    list: async (folder) => {
      try {
        return (await workspace.fs.readDirectory(root.with({ path: folder }))).map(([name]) => name);
      } catch {
        return undefined;
      }
    },
    read: async (file) => {
      try {
        const bytes = await workspace.fs.readFile(root.with({ path: file }));
        return bytes.length > MAX_BYTES ? undefined : new TextDecoder().decode(bytes);
      } catch {
        return undefined;
      }
    },
  };
}
