import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ReadOn } from '../../../../src/core/pixels';
import { ArrivingAnswer } from '../../../../src/pixels/answer/arrivingAnswer';
import { readAnswer } from '../../../../src/pixels/answer/readAnswer';
import { buildPng, chunk } from '../png/buildPng';

const PNG = { width: 2, height: 1, bitDepth: 8, colorType: 0, sample: (x: number) => x } as const;

describe('an answer of which the pictures are told on the way', () => {
  it('says the same as the whole, with each picture once: in pieces before its end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('png', 'noise', 'damage'), { minLength: 1, maxLength: 4 }), fc.boolean(), fc.array(fc.nat(), { maxLength: 9 }), (kinds, streams, places) => {
        const items = kinds.map((kind, index) => ({ b64_json: textOf(kind, index) }));
        const events = items.map((item) => `data: ${JSON.stringify({ type: 'x.completed', ...item })}\n\n`).join('');
        const body = new TextEncoder().encode(streams ? events : JSON.stringify({ data: items }));
        const arriving = new ArrivingAnswer(streams);
        const cuts = [0, ...places.map((place) => place % body.length).sort((a, b) => a - b), body.length];
        const told: ReadOn[] = [...cuts.slice(1).map((to, index) => arriving.push(body.slice(cuts[index], to))), arriving.end()];

        const files = new Map<number, Buffer>();
        const ended = new Set<number>();
        const entries = told.flatMap((read) => {
          for (const { part, bytes } of read.pieces) {
            assert.ok(!ended.has(part));
            files.set(part, Buffer.concat([files.get(part) ?? Buffer.alloc(0), bytes]));
          }
          for (const part of read.ended) ended.add(part);
          return read.answers.flatMap((answer) => answer.entries).map((entry) => {
            if (!('format' in entry)) return entry;
            assert.ok(!('bytes' in entry) && entry.part !== undefined && ended.has(entry.part));
            return { ...entry, bytes: new Uint8Array(files.get(entry.part) ?? []) };
          });
        });
        assert.deepEqual(entries, readAnswer(body).entries);
      }),
    );
  });
});

/** The base64 of a picture, of what is none, or what is no base64. */
function textOf(kind: 'png' | 'noise' | 'damage', index: number): string {
  if (kind === 'damage') return 'AAAA?AAA';
  return Buffer.from(kind === 'noise' ? Uint8Array.of(1, 2, 3) : buildPng({ ...PNG, before: [chunk('tEXt', `a\0${index}`)] })).toString('base64');
}
