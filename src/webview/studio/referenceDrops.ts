import { MOST_REFERENCES, type ReferenceView } from '../../protocol/studio';
import { picturesIn } from './dropped';
import { t } from './words';

/** Where what was dropped or pasted goes. */
export interface DropTarget {
  candidates(ids: string[]): void;
  /** Files of the workspace, by their URIs. */
  files(uris: string[]): void;
  /** A picture by its bytes; rejects with why it is none. */
  add(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReferenceView>;
  added(reference: ReferenceView): void;
  /** In words, why one was not added; empty when another try begins. */
  refused(problem: string): void;
}

/** Takes the pictures in what was dropped or pasted as reference pictures; answers whether there are any. */
export function takeReferences(data: DataTransfer, target: DropTarget): boolean {
  const { files, candidates, uris } = picturesIn(data);
  target.refused('');
  if (candidates.length > 0) target.candidates([...candidates]);
  if (uris.length > 0) target.files(uris.slice(0, MOST_REFERENCES));
  for (const file of files) void takeFile(file, target);
  return files.length + candidates.length + uris.length > 0;
}

async function takeFile(file: File, target: DropTarget): Promise<void> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    target.added(await target.add(file.name.slice(0, 200), bytes));
  } catch (error) {
    target.refused(t('notAdded', error instanceof Error ? error.message : file.name));
  }
}
