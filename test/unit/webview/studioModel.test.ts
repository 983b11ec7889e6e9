import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CandidateView, Offer, RunState, RunView } from '../../../src/protocol/studio';
import { drawnRatio, firstDraft, hasWords, newerDraft, parseEdge, purposeOf } from '../../../src/webview/studio/draft';
import { duration } from '../../../src/webview/studio/duration';
import { PromptWalk, searchPrompts } from '../../../src/webview/studio/promptWalk';
import { StudioModel } from '../../../src/webview/studio/studioModel';
import { rowTowards } from '../../../src/webview/studio/tileGrid';
import { fill } from '../../../src/webview/shared/words';

const extent = { width: 64, height: 32 };
const OFFER: Offer = {
  place: 'here',
  model: 'm',
  sizes: [{ ratio: '1:1', extent: { width: 1024, height: 1024 } }],
  purposes: [
    { label: 'Icon', extent: { width: 1024, height: 1024 } },
    { label: 'Card', extent: { width: 1200, height: 630 } },
    { label: 'Other card', extent: { width: 1200, height: 630 } },
  ],
  qualities: [],
  formats: [{ id: 'png', label: 'PNG' }],
  format: 'png',
  references: 1,
};

function run(id: string, at: number, state: RunState): RunView {
  return { id, at, wish: { prompt: `prompt of ${id}`, extent, count: 2 }, model: 'm', state, detail: 'why' };
}

function candidate(id: string, ofRun: string): CandidateView {
  return { id, run: ofRun, src: '', prompt: 'p', model: 'm', extent };
}

function model(runs: RunView[] = [], candidates: CandidateView[] = []): StudioModel {
  return new StudioModel({ offer: OFFER, prompts: [], runs, candidates, references: [], previews: [], words: {} });
}

describe('StudioModel', () => {
  it('groups pictures by run, newest run first, and leaves out finished runs without pictures', () => {
    const shown = model([run('old', 1, 'done'), run('new', 3, 'drawing'), run('empty', 2, 'done'), run('bad', 4, 'failed')], [candidate('a', 'old'), candidate('b', 'new'), candidate('c', 'old')]);
    assert.deepEqual(
      shown.groups.map((group) => [group.run.id, group.candidates.map(({ id }) => id), group.pending]),
      [
        ['bad', [], 0],
        ['new', ['b'], 1],
        ['old', ['a', 'c'], 0],
      ],
    );
    assert.deepEqual(shown.pictures.map(({ id }) => id), ['b', 'a', 'c']);
    assert.equal(shown.active, 1);
  });

  it('shows a picture that is being drawn while one is still to come', () => {
    const shown = model([run('r', 1, 'drawing')], [candidate('a', 'r')]);
    const preview = (): string | undefined => shown.groups[0]?.preview;
    assert.equal(shown.setPreview('r', 'blob:1'), undefined);
    assert.equal(preview(), 'blob:1');
    assert.equal(shown.setPreview('r', 'blob:2'), 'blob:1');
    shown.setCandidate(candidate('b', 'r'));
    assert.equal(preview(), undefined);
    assert.equal(shown.setPreview('r', undefined), 'blob:2');
  });

  it('names the references of a wish that are there, in its order', () => {
    const shown = model();
    for (const id of ['a', 'b']) shown.addReference({ id, src: '', name: id });
    assert.deepEqual(shown.references({ prompt: '', extent, count: 1, references: ['b', 'gone', 'a'] }).map(({ id }) => id), ['b', 'a']);
  });

  it('says what has happened, once', () => {
    const heard = model([run('r', 1, 'queued')]);
    assert.deepEqual(heard.setRun(run('r', 1, 'drawing')), { word: 'stateDrawing', facts: [] });
    assert.equal(heard.setRun(run('r', 1, 'drawing')), undefined);
    assert.deepEqual(heard.setCandidate(candidate('a', 'r')), { word: 'saidReady', facts: [1, 2] });
    assert.deepEqual(heard.setCandidate({ ...candidate('a', 'r'), keptAs: 'images/a.png' }), { word: 'saidKept', facts: ['images/a.png'] });
    assert.equal(heard.setCandidate({ ...candidate('a', 'r'), keptAs: 'images/a.png' }), undefined);
    assert.deepEqual(heard.setRun(run('r', 1, 'failed')), { word: 'saidFailed', facts: ['why'] });
    assert.deepEqual(heard.setRun(run('r2', 2, 'queued')), { word: 'stateQueued', facts: [] });
  });

  it('knows which picture to look at when one goes', () => {
    const shown = model([run('r', 1, 'done')], ['a', 'b', 'c'].map((id) => candidate(id, 'r')));
    assert.deepEqual(['a', 'b', 'c', 'x'].map((id) => shown.neighbour(id)?.id), ['b', 'c', 'b', undefined]);
    shown.removeCandidate('b');
    assert.equal(shown.neighbour('a')?.id, 'c');
    assert.equal(model([run('r', 1, 'done')], [candidate('a', 'r')]).neighbour('a'), undefined);
  });
});

describe('the time a run has been drawn', () => {
  it('goes by the page’s clock while the run is drawn', () => {
    const shown = model([{ ...run('a', 1, 'drawing'), drawnFor: 5000 }]);
    const before = Date.now();
    const since = shown.groups[0]?.since ?? 0;
    assert.ok(since <= before - 5000 && since > before - 60_000);
    shown.setRun(run('a', 1, 'cancelled'));
    assert.equal(shown.groups[0]?.since, undefined);
  });

  it('is written in seconds, then in minutes and seconds', () => {
    assert.deepEqual([0, 15_999, 75_000].map((ms) => duration(ms, 'en')), ['0 sec', '15 sec', '1 min 15 sec']);
    assert.equal(duration(15_000, 'de'), '15 Sek.');
  });
});

describe('PromptWalk', () => {
  const prompts = ['newest', 'middle', 'oldest'];

  it('goes back and forth, and ends at what was being typed', () => {
    const walk = new PromptWalk();
    assert.deepEqual(['typed', 'newest', 'middle', 'oldest'].map((shown) => walk.older(shown, prompts)), ['newest', 'middle', 'oldest', undefined]);
    assert.deepEqual(['oldest', 'middle', 'newest', 'typed'].map((shown) => walk.newer(shown, prompts)), ['middle', 'newest', 'typed', undefined]);
  });

  it('begins anew once an earlier prompt was changed, and skips what is shown already', () => {
    const walk = new PromptWalk();
    walk.older('', prompts);
    assert.equal(walk.older('newest!', prompts), 'newest');
    assert.equal(walk.newer('newest', prompts), 'newest!');
    assert.equal(new PromptWalk().older('newest', prompts), 'middle');
    assert.equal(new PromptWalk().older('', []), undefined);
  });

  it('is found again by words in any order and case', () => {
    assert.deepEqual(searchPrompts(['A red boat', 'a blue Boat', 'hills'], ' BOAT a'), ['A red boat', 'a blue Boat']);
    assert.deepEqual(searchPrompts(['x'], ''), ['x']);
  });
});

describe('the draft', () => {
  it('begins with the first size that the model offers', () => {
    assert.deepEqual(firstDraft(OFFER), { prompt: '', extent: { width: 1024, height: 1024 }, count: 1 });
    assert.deepEqual(firstDraft({ ...OFFER, sizes: [] }).extent, { width: 1024, height: 1024 });
  });

  it('is the one that was typed last, wherever it was saved', () => {
    const [older, newer] = [1, 2].map((at) => ({ at, wish: firstDraft(OFFER) }));
    assert.equal(newerDraft(older, newer), newer);
    assert.equal(newerDraft(newer, older), newer);
    assert.deepEqual([newerDraft(undefined, older), newerDraft(older, undefined), newerDraft(undefined, undefined)], [older, older, undefined]);
  });

  it('needs words, except for a variation', () => {
    const draft = firstDraft(OFFER);
    assert.deepEqual([draft, { ...draft, prompt: ' x ' }, { ...draft, vary: { candidate: 'c', strength: 'subtle' as const } }].map(hasWords), [false, true, true]);
  });

  it('names a size’s purpose: the chosen one, else the first, but none for a usual size', () => {
    const card = { width: 1200, height: 630 };
    const square = { width: 1024, height: 1024 };
    assert.deepEqual([purposeOf(OFFER, card, -1), purposeOf(OFFER, card, 2), purposeOf(OFFER, square, -1), purposeOf(OFFER, square, 0), purposeOf(OFFER, extent, 1)], [1, 2, -1, 0, -1]);
  });

  it('reads whole edges only', () => {
    assert.deepEqual(['64', ' 65535 ', '0', '65536', '1.5', '-3', '', '1e3'].map(parseEdge), [64, 65_535, undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  it('draws ratios that fit their box and lean the right way, the usual ones in one area', () => {
    const edge = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(edge, edge, (width, height) => {
        const drawn = drawnRatio({ width, height });
        assert.ok(Math.max(drawn.width, drawn.height) <= 27);
        assert.ok(Math.min(drawn.width, drawn.height) >= 4);
        if (width > height) assert.ok(drawn.width >= drawn.height);
      }),
    );
    const drawn = [[1, 1], [4, 3], [3, 2], [16, 9], [21, 9], [9, 16]].map(([width = 1, height = 1]) => drawnRatio({ width, height }));
    for (const { width, height } of drawn) assert.ok(Math.abs(width * height - 17 * 17) < 25, `${width}x${height}`);
    assert.equal(new Set(drawn.map(({ width, height }) => `${width}x${height}`)).size, drawn.length);
  });
});

describe('rowTowards', () => {
  // Two rows of three, then one of two.
  const tiles = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => ({ left: (index % 3) * 100, top: Math.floor(index / 3) * 80 }));

  it('goes to the nearest tile of the next row, and stops at the edges', () => {
    const towards = (from: number): (number | undefined)[] => ['ArrowUp', 'ArrowDown'].map((key) => rowTowards(key, from, tiles));
    assert.deepEqual(towards(0), [undefined, 3]);
    assert.deepEqual(towards(4), [1, 7]);
    assert.deepEqual(towards(5), [2, 7]);
    assert.deepEqual(towards(7), [4, undefined]);
    assert.equal(rowTowards('Enter', 0, tiles), undefined);
    assert.equal(rowTowards('ArrowUp', 9, tiles), undefined);
  });
});

describe('words', () => {
  it('take facts as they are', () => {
    assert.equal(fill('{0} of {1}: {0}', ['{1}', '$&']), '{1} of $&: {1}');
    assert.equal(fill('{0} {1}', ['x']), 'x {1}');
  });
});
