import { css } from 'lit';

const page = css`
  html,
  body {
    block-size: 100%;
    margin: 0;
    padding: 0;
  }
`.styleSheet;

/** Takes the margins off the page. As a constructed sheet: its policy allows no inline style. */
export function stylePage(): void {
  if (page) document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
}
