/** Tags that show a picture, to their end. */
const TAG = String.raw`<(?:img|Image|source)\b[^<>]{0,2000}>`;
/** An image or a link of Markdown; its text may hold one pair of brackets. */
const MARKDOWN = String.raw`!?\[(?:[^[\]\n]|\[[^[\]\n]*\]){0,2000}\]\([^()\n]{0,2000}\)`;
const LINKS: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(['markdown', 'mdx', 'quarto'].map((id) => [id, new RegExp(`${MARKDOWN}|${TAG}`, 'g')])),
  ...Object.fromEntries(['html', 'vue', 'svelte', 'astro', 'php', 'handlebars', 'razor', 'javascriptreact', 'typescriptreact'].map((id) => [id, new RegExp(TAG, 'g')])),
};
/** How far around a place its link is looked for, in UTF-16 units. */
const REACH = 4000;

/**
 * The offset behind the link that holds a selection, such as an alt text that was just inserted and stands selected: another link in its place would break both.
 * Undefined where the selection (offsets, `end` not before `start`) is in no link, or reaches out of it.
 */
export function behindLink(languageId: string, text: string, start: number, end: number): number | undefined {
  const links = LINKS[languageId];
  if (!links) return undefined;
  const from = Math.max(0, start - REACH);
  for (const match of text.slice(from, end + REACH).matchAll(links)) {
    const [first, last] = [from + match.index, from + match.index + match[0].length];
    if (first < start && end < last) return last;
  }
  return undefined;
}
