import { CANDIDATE_MIME } from '../../protocol/candidateDrag';

/** Files of VS Code's explorer and tabs travel under this type, one URI a line. */
const VSCODE_URIS = 'application/vnd.code.uri-list';

/** Pictures that were dropped or pasted. */
export interface Dropped {
  readonly files: readonly File[];
  readonly candidates: readonly string[];
  readonly uris: readonly string[];
}

/** Whether something that is dragged over the page could be dropped there; what it really is only the drop tells. */
export function mayHoldPictures({ types }: DataTransfer): boolean {
  return [CANDIDATE_MIME, VSCODE_URIS, 'Files'].some((type) => types.includes(type));
}

/** What of a drop or a paste could be pictures. A picture of the studio counts once, although browsers also carry it as a file. */
export function picturesIn(data: DataTransfer): Dropped {
  const candidates = linesOf(data.getData(CANDIDATE_MIME));
  const uris = linesOf(data.getData(VSCODE_URIS));
  const files = candidates.length + uris.length > 0 ? [] : [...data.files].filter(({ type }) => type === '' || type.startsWith('image/'));
  return { files, candidates, uris };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}
