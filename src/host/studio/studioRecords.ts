import * as v from 'valibot';
import { REASONS } from '../../core/errors';
import { DRAFT, RUN_STATES, WISH } from '../../protocol/studio';

/** One press of the button, as it is kept in the workspace's storage. */
const RUN_RECORD = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  /** Milliseconds since 1970. */
  at: v.number(),
  /** When drawing it began, once it has. */
  began: v.optional(v.number()),
  wish: WISH,
  /** Empty until it is known who draws. */
  model: v.string(),
  /** Whether drawing it may cost money. */
  paid: v.boolean(),
  state: v.picklist(RUN_STATES),
  /** In the language that the window had. */
  detail: v.string(),
  /** Why it failed. */
  reason: v.optional(v.picklist(REASONS)),
});

/** A reference picture in the studio's storage. */
const REFERENCE = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  /** As the person knows it. */
  name: v.string(),
  /** In the folder of references; ours alone, since pages get its address. */
  file: v.pipe(v.string(), v.regex(/^[\w-]+\.\w+$/)),
});

/** What the studio remembers beside the candidates. */
const MEMORY = v.object({
  version: v.literal(1),
  /** Newest first. */
  runs: v.array(RUN_RECORD),
  /** Candidate → URI of the file that it was kept as. */
  kept: v.record(v.string(), v.string()),
  /** Candidates that can still be brought back, oldest first. */
  discarded: v.array(v.string()),
  /** Newest first, none twice. */
  prompts: v.array(v.string()),
  draft: v.optional(DRAFT),
  references: v.optional(v.array(REFERENCE)),
});

export type RunRecord = v.InferOutput<typeof RUN_RECORD>;
export type ReferenceRecord = v.InferOutput<typeof REFERENCE>;
export type StudioMemory = v.InferOutput<typeof MEMORY>;

const EMPTY_MEMORY: StudioMemory = { version: 1, runs: [], kept: {}, discarded: [], prompts: [] };

/** Reads what `formatMemory` wrote; nothing where it is missing or broken. */
export function parseMemory(bytes: Uint8Array | undefined): StudioMemory {
  if (!bytes) return EMPTY_MEMORY;
  try {
    return v.parse(MEMORY, JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return EMPTY_MEMORY;
  }
}

export function formatMemory(memory: StudioMemory): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(memory));
}
