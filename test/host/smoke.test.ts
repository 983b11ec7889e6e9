import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('has the workspace open', () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    assert.equal(folder?.uri.scheme, 'file');
  });

  it('holds the pictures of the workspace', async () => {
    const found = await vscode.workspace.findFiles('photo.*');
    assert.equal(found.length, 2);
  });

  it('activates Easel', async () => {
    const extension = vscode.extensions.getExtension('easel.easel');
    assert.ok(extension, 'Easel is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
