import type { Uri } from 'vscode';
import { ImageError } from '../../core/errors';
import type { Output } from '../../core/request';
import type { Services } from '../services';
import type { OpenedSource } from '../sources';

/** Where a changed picture goes: beside its source, numbered, or in its place. Rejects with `bad-argument` where `replace` would put PNG bytes into another format's file, or several pictures into one. */
export function outputFor(services: Services, opened: OpenedSource, wanted: 'new' | 'replace' | undefined, count: number): Output {
  const { source, info } = opened;
  const { files } = services.jobs;
  if (wanted !== 'replace') return { kind: 'new', folder: files.folderOf(source.uri), stem: files.stemOf(source.uri) };
  if (info.format !== 'png') throw new ImageError('bad-argument', '"output": "replace" needs a PNG, since PNG is what is written.');
  if (count !== 1) throw new ImageError('bad-argument', '"output": "replace" needs "count" 1.');
  return { kind: 'replace', uri: source.uri, expected: source.hash };
}

/** A caller's pictures. Rejects with `bad-argument` where there are fewer than the command needs. */
export function requireUris(uris: readonly Uri[], least: number): readonly Uri[] {
  if (uris.length >= least) return uris;
  throw new ImageError('bad-argument', least === 1 ? 'Which picture? Give its Uri, or a path.' : `At least ${least} pictures are needed: give their Uris, or paths.`);
}
