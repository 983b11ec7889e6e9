import { css, type CSSResultOrNative } from 'lit';

/** The page around the studio: no margins, the whole height. */
const page = css`
  html,
  body {
    block-size: 100%;
    margin: 0;
    padding: 0;
  }
`;

export function pageStyles(): CSSStyleSheet[] {
  const sheets: CSSResultOrNative[] = [page];
  return sheets.flatMap((sheet) => (sheet instanceof CSSStyleSheet ? [sheet] : sheet.styleSheet ? [sheet.styleSheet] : []));
}
