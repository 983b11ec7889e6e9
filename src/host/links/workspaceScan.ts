import { workspace, type Uri } from 'vscode';
import { throwIfCancelled } from '../../core/errors';
import { LANGUAGE_OF_ENDING } from '../../core/links/scanLinks';
import { lookThrough } from './lookThrough';
import { MAX_LENGTH, type MissingInDocument, type MissingLink } from './missingLink';
import { NOT_THE_PERSONS } from '../notThePersons';
import { bytesOf } from '../quickFiles';

const DOCUMENTS = `**/*.{${Object.keys(LANGUAGE_OF_ENDING).join(',')}}`;
const MOST_DOCUMENTS = 20_000;

/** What a document misses that need not be open. */
type MissingInText = (uri: Uri, languageId: string, text: string) => Promise<readonly MissingLink[]>;

/** Looks through all documents of the workspace, also those that no editor shows, as they are on disk. Gives way to other work in between. */
export async function scanWorkspace(missingIn: MissingInText, signal: AbortSignal, report: (done: number, of: number) => void): Promise<MissingInDocument[]> {
  const documents = await workspace.findFiles(DOCUMENTS, NOT_THE_PERSONS, MOST_DOCUMENTS);
  const found: MissingInDocument[] = [];
  await lookThrough(documents, textOf, async (document, text, index) => {
    throwIfCancelled(signal);
    const missing = text === undefined ? [] : await missingIn(document, languageOf(document), text);
    if (missing.length > 0) found.push({ document, missing });
    if (index % 50 === 0) report(index, documents.length);
  });
  return found;
}

async function textOf(document: Uri): Promise<string | undefined> {
  const bytes = await bytesOf(document);
  return bytes === undefined || bytes.length > MAX_LENGTH ? undefined : new TextDecoder().decode(bytes);
}

function languageOf(document: Uri): string {
  return LANGUAGE_OF_ENDING[document.path.slice(document.path.lastIndexOf('.') + 1).toLowerCase()] ?? '';
}
