import fs from 'node:fs';
import path from 'node:path';
import { dismissInput, explorerRow, openFile, quickInput, runCommand } from '../support/vscode/ui';
import { useWorkbench } from '../support/vscode/workbench';

describe('a workbench with the packaged extension', () => {
  const workbench = useWorkbench();

  it('shows the workspace and opens a file', async () => {
    const { page } = workbench();
    await explorerRow(page, 'photo.png').waitFor();
    await openFile(page, 'README.md');
  });

  it('shows a file that appears on disk', async () => {
    const { page, workspace } = workbench();
    fs.writeFileSync(path.join(workspace, 'later.txt'), 'here');
    await explorerRow(page, 'later.txt').waitFor();
  });

  it('offers Easel in the palette', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Generate');
    await quickInput(page).locator('input').first().waitFor();
    await dismissInput(page);
  });
});
