import { ImageError } from '../errors';
import { ancestorsOf, type ListedPicture } from './pictureList';
import type { PictureState } from './staleness';

/** A listed picture and how it stands. */
export interface StatedPicture {
  readonly picture: ListedPicture;
  readonly state: PictureState;
}

/**
 * What is to be drawn, in the list's order: what is missing or stale, and what is drawn after such a picture, which is stale once its parent is another.
 * `names` keeps it to these entries and to those of their ancestors that are missing. A file that nothing is known of is left alone. Throws `bad-argument` for a name that the list does not have.
 */
export function selectPictures<T extends StatedPicture>(all: readonly T[], names: readonly string[] | undefined): T[] {
  const byPicture = new Map(all.map((stated) => [stated.picture, stated]));
  for (const name of names ?? []) {
    if (!all.some(({ picture }) => picture.name === name)) throw new ImageError('bad-argument', `No picture of the list is named "${name}".`);
  }
  const isDue = ({ state }: StatedPicture): boolean => state.state === 'missing' || state.state === 'stale';
  if (names) return withMissingAncestors(all, all.filter((stated) => isDue(stated) && names.includes(stated.picture.name)));
  const followsDue = ({ picture, state }: StatedPicture): boolean => {
    if (state.state === 'unknown') return false;
    const parent = picture.parent && byPicture.get(picture.parent);
    return parent !== undefined && (isDue(parent) || followsDue(parent));
  };
  return all.filter((stated) => isDue(stated) || followsDue(stated));
}

/** The chosen ones, in the list's order, and those of their ancestors that are missing: without them they cannot be drawn. */
export function withMissingAncestors<T extends StatedPicture>(all: readonly T[], chosen: readonly T[]): T[] {
  const wanted = new Set(chosen.flatMap(({ picture }) => ancestorsOf(picture)));
  return all.filter((stated) => chosen.includes(stated) || (wanted.has(stated.picture) && stated.state.state === 'missing'));
}
