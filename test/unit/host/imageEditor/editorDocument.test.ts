import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Uri } from 'vscode';
import { ImageError } from '../../../../src/core/errors';
import { formatBackup, parseBackup } from '../../../../src/host/imageEditor/backup';
import { EditorDocument, type DocumentEdit, type PaintedStep, type PictureVersion } from '../../../../src/host/imageEditor/editorDocument';

const version = (id: string, width = 8): PictureVersion => ({ id, hash: `hash of ${id}`, bytes: new TextEncoder().encode(id), format: 'png', extent: { width, height: 8 }, recipe: undefined });
const step = (id: string): PaintedStep => ({ id, step: { kind: 'invert' } });
const open = (file = version('file')): { document: EditorDocument; edits: DocumentEdit[] } => {
  const document = new EditorDocument({ path: '/a.png' } as Uri, file);
  const edits: DocumentEdit[] = [];
  document.onDidEdit((edit) => edits.push(edit));
  return { document, edits };
};

describe('the editor’s document', () => {
  it('undoes and redoes any number of edits, exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (moves) => {
        const { document, edits } = open();
        const seen = [document.content];
        for (const [index, picture] of moves.entries()) {
          const { content } = document;
          document.apply('edit', picture ? { picture: version(`v${index}`), steps: [], badge: '' } : { ...content, steps: [...content.steps, step(`s${index}`)] });
          seen.push(document.content);
        }
        for (let index = edits.length - 1; index >= 0; index -= 1) {
          edits[index]?.undo();
          assert.equal(document.content, seen[index]);
        }
        for (const [index, edit] of edits.entries()) {
          edit.redo();
          assert.equal(document.content, seen[index + 1]);
        }
      }),
    );
  });

  it('goes back and forth by edits of its own, each of which VS Code can undo', () => {
    const move = fc.constantFrom('paint' as const, 'back' as const, 'forth' as const);
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 40 }), (moves) => {
        const { document, edits } = open();
        const seen = [document.content];
        const [past, future] = [[document.content], new Array<typeof document.content>()];
        for (const [index, made] of moves.entries()) {
          const { content } = document;
          if (made === 'paint') {
            document.apply('paint', { ...content, steps: [...content.steps, step(`s${index}`)] });
            past.push(document.content);
            future.length = 0;
          } else {
            document.travel(made);
            const [from, to] = made === 'back' ? [past, future] : [future, past];
            const moved = made === 'back' && past.length === 1 ? undefined : from.pop();
            if (moved) to.push(moved);
          }
          assert.equal(document.content, past.at(-1));
          if (edits.length === seen.length) seen.push(document.content);
        }
        for (let index = edits.length - 1; index >= 0; index -= 1) {
          edits[index]?.undo();
          assert.equal(document.content, seen[index]);
        }
      }),
    );
  });

  it('knows whether a pixel was changed, which a mask does not', () => {
    const { document, edits } = open();
    document.apply('paint', { ...document.content, steps: [step('s')] });
    assert.equal(document.pictureChanged, false);
    const next = version('next');
    document.apply('fill', { picture: next, steps: [], badge: 'kept' });
    assert.equal(document.pictureChanged, true);
    document.markSaved(next, next);
    assert.equal(document.pictureChanged, false);
    edits[1]?.undo();
    assert.equal(document.pictureChanged, true, 'after a save, undo is a change');
  });

  it('keeps the mask over a reload only where it still fits', () => {
    const { document } = open();
    document.apply('paint', { ...document.content, steps: [step('s')] });
    document.reload(version('same size'), true);
    assert.equal(document.content.steps.length, 1);
    document.reload(version('larger', 16), true);
    assert.equal(document.content.steps.length, 0);
    assert.equal(document.pictureChanged, false);
  });

  it('tells of each change until it is closed', () => {
    const { document, edits } = open();
    let heard = 0;
    let closed = 0;
    document.onDidChangeContent(() => (heard += 1));
    document.onDispose(() => (closed += 1));
    document.apply('paint', { ...document.content, steps: [step('s')] });
    edits[0]?.undo();
    assert.equal(heard, 2);
    document.dispose();
    document.dispose();
    edits[0]?.redo();
    assert.equal(heard, 2);
    assert.equal(closed, 1);
  });
});

describe('backups', () => {
  it('bring back mask and picture', () => {
    const content = { picture: version('drawn'), steps: [step('a'), { id: 'b', step: { kind: 'brush', erase: true, size: 40, hardness: 0.5, points: [1, 2, 1] } } as const], badge: 'Kept: 0' };
    const backup = parseBackup(formatBackup(content, 'the hash', true));
    assert.deepEqual(backup.steps, content.steps);
    assert.equal(backup.badge, 'Kept: 0');
    assert.equal(backup.file, 'the hash');
    assert.equal(new TextDecoder().decode(backup.picture), 'drawn');
    assert.equal(parseBackup(formatBackup(content, 'the hash', false)).picture, undefined);
  });

  it('that are broken are refused', () => {
    const whole = formatBackup({ picture: version('drawn'), steps: [], badge: '' }, 'h', true);
    for (const bytes of [new Uint8Array(), new Uint8Array(3), whole.subarray(0, 20), new TextEncoder().encode('{}'.repeat(50)), new Uint8Array(64).fill(255)]) {
      assert.throws(() => parseBackup(bytes), (error) => error instanceof ImageError && error.reason === 'broken-image');
    }
  });
});
