import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('a window without a folder', () => {
  it('has no workspace', () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
  });

  it('activates Easel', async () => {
    const extension = vscode.extensions.getExtension('easel.easel');
    assert.ok(extension, 'Easel is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
