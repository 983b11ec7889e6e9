import fs from 'node:fs';
import path from 'node:path';

/** Pictures of the bodies whose end had been told, and of those whose last byte was there: between the two a picture may be had already. */
export function paidPictures(arrived: string): { readonly ended: number; readonly whole: number } {
  let ended = 0;
  let whole = 0;
  for (const name of fs.readdirSync(arrived).filter((one) => one.endsWith('.body'))) {
    const count = picturesIn(fs.readFileSync(path.join(arrived, name), 'utf8'));
    whole += count;
    if (fs.existsSync(path.join(arrived, name.replace('.body', '.end')))) ended += count;
  }
  return { ended, whole };
}

/** How many pictures a body holds; none where it is not whole. */
function picturesIn(body: string): number {
  try {
    return (JSON.parse(body) as { readonly data: readonly unknown[] }).data.length;
  } catch {
    return 0;
  }
}
