import fs from 'node:fs';
import path from 'node:path';

/** Pictures of the bodies whose end had been told, and of those whose last byte was there: between the two a picture may be had already. */
export function paidPictures(arrived: string): { readonly ended: number; readonly whole: number } {
  let ended = 0;
  let whole = 0;
  for (const name of fs.readdirSync(arrived).filter((one) => one.endsWith('.body'))) {
    const count = picturesIn(fs.readFileSync(path.join(arrived, name), 'latin1'));
    whole += count;
    if (fs.existsSync(path.join(arrived, name.replace('.body', '.end')))) ended += count;
  }
  return { ended, whole };
}

const PNG_BEGINS = '\u0089PNG';
const PNG_ENDS = 'IEND\u00ae\u0042\u0060\u0082';

/** How many pictures a body holds: one where it is a PNG itself, fetched from an address; none where it is not whole. */
function picturesIn(body: string): number {
  if (body.startsWith(PNG_BEGINS)) return body.endsWith(PNG_ENDS) ? 1 : 0;
  try {
    return (JSON.parse(body) as { readonly data: readonly object[] }).data.filter((entry) => 'b64_json' in entry).length;
  } catch {
    return 0;
  }
}
