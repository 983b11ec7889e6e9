import type { StudioWord } from '../../protocol/studioWords';
import { escapeHtml, type FirstSight } from '../webviewPage';

/** The composer's frame and its prompt, standing where the page's script will draw them: what a person sees while it loads. */
export function studioFirstSight({ title, prompt, promptPlaceholder }: Readonly<Record<Extract<StudioWord, 'title' | 'prompt' | 'promptPlaceholder'>, string>>): FirstSight {
  return {
    style: STYLE,
    body: `<easel-studio role="main"><div class="first"><div class="side"><h1>${escapeHtml(title)}</h1><span>${escapeHtml(prompt)}</span><p>${escapeHtml(promptPlaceholder)}</p></div></div></easel-studio>`,
  };
}

const STYLE = `
html, body { block-size: 100%; margin: 0; padding: 0; }
.first {
  background: var(--vscode-editor-background);
  block-size: 100%;
  box-sizing: border-box;
  color: var(--vscode-foreground);
  display: grid;
  font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.4 var(--vscode-font-family, sans-serif);
  grid-template-columns: minmax(300px, 340px) minmax(0, 1fr);
}
.side {
  background: var(--vscode-sideBar-background);
  border-inline-end: 1px solid var(--vscode-sideBar-border, var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)));
  padding: 12px 16px;
}
.side h1 { block-size: 1px; clip-path: inset(50%); font-size: 1px; inline-size: 1px; margin: 0; overflow: hidden; position: absolute; }
.side span { align-items: center; display: flex; font-weight: 600; margin-block-end: 4px; min-block-size: 24px; }
.side p {
  background: var(--vscode-input-background);
  border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
  border-radius: 4px;
  box-sizing: border-box;
  color: var(--vscode-input-placeholderForeground);
  margin: 0;
  min-block-size: 84px;
  padding: 6px 8px;
}
@media (width < 680px) { .first { display: block; } }
`;
