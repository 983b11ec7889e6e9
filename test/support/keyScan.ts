import fs from 'node:fs';
import path from 'node:path';

/** How every key begins that the tests' server takes: none of them may be met anywhere but in the secret storage. */
export const TEST_KEY = 'sk-easel-test-';

/** Where a test run's leavings are noted: one line of JSON for each folder that was looked through. */
const NOTES = 'EASEL_TEST_SCAN';

/** What was found in files, or in messages. */
export interface Scan {
  readonly files: number;
  /** Those that hold a key, as it is or in another writing. */
  readonly hits: readonly string[];
}

/**
 * Looks for test keys in every file below a folder: as text, in UTF-16, in base64 and as hex. Not looked at is VS Code's own secret storage, which encrypts:
 * in a desktop's `state.vscdb`, and in a browser's profile, which is not among these folders. `keybindings.json` is the test's own: it stands for a person's hands.
 */
export function scanFolder(folder: string): Scan {
  const marks = writingsOf(TEST_KEY);
  const names = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = names.filter((entry) => entry.isFile() && !/^(?:state\.vscdb|keybindings\.json)/.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name));
  return { files: files.length, hits: files.filter((file) => holdsAny(file, marks)) };
}

/** Looks through a folder that a test run leaves, and notes what was found for the suite to judge. Does nothing outside a suite. */
export function noteScan(folder: string, env = process.env): void {
  if (env[NOTES] !== undefined) note(scanFolder(folder), env);
}

/** Notes what was found elsewhere than in a folder. */
export function note(scan: Scan, env = process.env): void {
  const notes = env[NOTES];
  if (notes !== undefined) fs.appendFileSync(notes, `${JSON.stringify(scan)}\n`);
}

/** The environment that makes a suite's runs note what they leave, and what they came to in all. */
export function scanning(file: string): { readonly env: NodeJS.ProcessEnv; result(): Scan } {
  return {
    env: { [NOTES]: file },
    result: () => {
      const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
      const scans = lines.map((line): Scan => JSON.parse(line));
      return { files: scans.reduce((sum, { files }) => sum + files, 0), hits: scans.flatMap(({ hits }) => hits) };
    },
  };
}

function holdsAny(file: string, marks: readonly Buffer[]): boolean {
  const bytes = readIfThere(file);
  return bytes !== undefined && marks.some((mark) => bytes.includes(mark));
}

/** A file may go while a window is being closed. */
function readIfThere(file: string): Buffer | undefined {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Base64 writes three bytes at a time, so that a text looks in three ways, by where it begins; its ends depend on what stands beside it. */
function writingsOf(text: string): Buffer[] {
  const inBase64 = [0, 1, 2].map((before) => Buffer.from('\0'.repeat(before) + text).toString('base64').slice(before === 0 ? 0 : before + 1, -4));
  return [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('hex')), ...inBase64.map((one) => Buffer.from(one))];
}
