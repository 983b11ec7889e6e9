import type { ImageEngine } from './engine';

/** What a picture is drawn after. An engine that takes no pictures draws from the prompt alone, and the person is told. */
export interface GuidesOf<T> {
  /** The picture that the prompt changes. */
  readonly parent?: T | undefined;
  /** For their look alone. */
  readonly references: readonly T[];
}

/** How many pictures an engine takes in beside a prompt. */
export function roomForGuides({ edit, lacks, model }: ImageEngine): number {
  return edit && lacks?.edit === undefined ? model.maxInputs : 0;
}

/** The guides that an engine takes in beside a prompt: the references all or none, so that a picture is not made of an arbitrary part of a style. */
export function guidesTaken<T>(engine: ImageEngine, { parent, references }: GuidesOf<T>): GuidesOf<T> {
  const room = roomForGuides(engine);
  if (parent && room === 0) return { references: [] };
  const fits = references.length + (parent ? 1 : 0) <= room;
  return { parent, references: fits ? references : [] };
}

/** Parent and references in the order in which they are sent. */
export function guideList<T>({ parent, references }: GuidesOf<T>): T[] {
  return [...(parent ? [parent] : []), ...references];
}
