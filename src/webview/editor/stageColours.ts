import type { StageColours } from './pictureLayer';

/** The theme's colours for what is drawn on canvases, which know no CSS variables. VS Code names the kind of theme by a class of the body. */
export function stageColours(): StageColours & { readonly frame: string } {
  const style = getComputedStyle(document.documentElement);
  const { classList } = document.body;
  const isDark = classList.contains('vscode-dark') || (classList.contains('vscode-high-contrast') && !classList.contains('vscode-high-contrast-light'));
  return {
    checks: isDark ? ['#2b2b2b', '#3a3a3a'] : ['#ffffff', '#e2e2e2'],
    grid: isDark ? 'rgba(255, 255, 255, 0.28)' : 'rgba(0, 0, 0, 0.28)',
    frame: style.getPropertyValue('--vscode-focusBorder').trim() || '#0078d4',
  };
}
