import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('commands', () => {
  it('are registered as the manifest names them', async () => {
    const extension = vscode.extensions.getExtension('easel.easel');
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
    const contributed = manifest.contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('easel.')).sort();
    assert.deepEqual(registered.filter((command) => !/\.(?:focus|open|resetViewLocation|removeView|toggleVisibility)$/.test(command)), contributed);
  });
});
