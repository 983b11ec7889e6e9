import { withoutStyle } from '../../core/style';
import type { Candidate } from '../../jobs/candidates';
import { hasEnded } from '../../protocol/studio';
import { MemoryFile } from './memoryFile';
import type { RunWords, SessionPorts } from './sessionPorts';
import type { RunRecord, StudioMemory } from './studioRecords';

/** Above so many, runs without pictures are forgotten, the oldest first. */
const MOST_EMPTY_RUNS = 50;

/** The memory as the last window left it, and the pictures that are there; what was discarded is now removed for good. */
export async function revive(ports: SessionPorts): Promise<{ readonly memory: StudioMemory; readonly candidates: readonly Candidate[] }> {
  const left = await MemoryFile.read(ports);
  for (const id of left.discarded) await ports.candidates.remove(id);
  const candidates = await ports.candidates.list();
  const memory = reviveMemory(left, candidates, ports.words);
  return { candidates, memory: memory.prompts.length > 0 ? memory : { ...memory, prompts: [...(await ports.earlierPrompts())] } };
}

/** The reference pictures that a run or the draft names. */
export function namedReferences({ runs, draft }: StudioMemory): ReadonlySet<string> {
  const wishes = [...runs.map(({ wish }) => wish), ...(draft ? [draft.wish] : [])];
  return new Set(wishes.flatMap(({ references = [] }) => references));
}

/**
 * What the last window left, as this one takes it up: runs that were under way are interrupted, finished ones without pictures are gone,
 * and pictures whose run was lost get one made from their recipe.
 */
function reviveMemory(memory: StudioMemory, candidates: readonly Candidate[], words: RunWords): StudioMemory {
  const present = new Set(candidates.map(({ id }) => id));
  const withPictures = new Set(candidates.map(({ run }) => run));
  const known = new Set(memory.runs.map(({ id }) => id));
  const runs = memory.runs.map((run) => interrupt(run, words)).filter(({ id, state }) => state !== 'done' || withPictures.has(id));
  const empty = runs.filter(({ id }) => !withPictures.has(id)).slice(MOST_EMPTY_RUNS);
  const orphans = candidates.filter(({ run }, index) => !known.has(run) && candidates.findIndex((other) => other.run === run) === index);
  return {
    ...memory,
    runs: [...runs.filter((run) => !empty.includes(run)), ...orphans.map((orphan) => runOf(orphan, candidates))].sort((a, b) => b.at - a.at),
    kept: Object.fromEntries(Object.entries(memory.kept).filter(([id]) => present.has(id))),
    discarded: [],
  };
}

function interrupt(run: RunRecord, words: RunWords): RunRecord {
  if (hasEnded(run.state)) return run;
  return { ...run, state: 'interrupted', detail: words.interrupted(run.paid && run.state !== 'queued') };
}

function runOf({ run, at, recipe }: Candidate, candidates: readonly Candidate[]): RunRecord {
  const count = Math.min(10, candidates.filter((candidate) => candidate.run === run).length);
  const extent = { width: recipe.width, height: recipe.height };
  return { id: run, at, wish: { prompt: withoutStyle(recipe.prompt), extent, count }, model: recipe.model, paid: false, state: 'done', detail: '' };
}
