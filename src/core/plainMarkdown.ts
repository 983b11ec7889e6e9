/** A text as Markdown that shows it word for word, on one line that may wrap: every ASCII punctuation mark is escaped (CommonMark, 2.4), so that nothing in it is markup, a link or an entity. */
export function plainMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
