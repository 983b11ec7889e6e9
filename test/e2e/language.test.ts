import { explorerRow, notification, pickItem, quickInput, runCommand, answerInput, webview } from '../support/vscode/ui';
import { EXTENSION_ID, useWorkbench } from '../support/vscode/workbench';

describe('in German', () => {
  const workbench = useWorkbench({ language: 'de' });

  it('names its commands, asks and answers', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Bild erzeugen …');
    await quickInput(page).getByText('Was soll das Bild zeigen?').waitFor();
    await answerInput(page, 'Neblige Berge „東京“');
    await pickItem(page, 'Quadrat');
    await pickItem(page, '1 Bild');
    await explorerRow(page, 'images').waitFor({ timeout: 60_000 });
    await notification(page, 'Der Text steht nicht im Bild: Die Offline-Engine hat keine Buchstaben für „東京“.');
  });

  it('speaks in the studio', async () => {
    const { page } = workbench();
    await runCommand(page, 'Easel: Studio öffnen');
    const studio = webview(page, EXTENSION_ID);
    await studio.getByRole('button', { name: 'Erzeugen' }).waitFor();
    await studio.getByText('Hier erscheinen Ihre Bilder').waitFor();
  });
});
