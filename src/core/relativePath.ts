/**
 * The way from a document to a file, as a link in the document writes it: `images/a.png`, `../a.png`. Both are absolute URI paths, decoded, with `/` between segments;
 * nothing is encoded here. Only where both lie on the same file system.
 */
export function relativePath(document: string, file: string): string {
  const from = document.split('/').slice(0, -1);
  const to = file.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  const steps = [...from.slice(common).map(() => '..'), ...to.slice(common)];
  // A colon in the first segment would make a scheme of it.
  return steps[0]?.includes(':') ? `./${steps.join('/')}` : steps.join('/');
}
