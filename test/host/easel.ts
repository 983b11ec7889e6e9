import assert from 'node:assert/strict';
import sharp from 'sharp';
import * as vscode from 'vscode';
import type { Reason } from '../../src/core/errors';
import { parseRecipe, type Recipe } from '../../src/core/recipe';

/** What a command rejects with for a caller. */
interface Rejection extends Error {
  readonly reason?: Reason;
  readonly files?: readonly vscode.Uri[];
}

/** Calls one of Easel's commands, by its name without `easel.`. */
export async function easel(command: string, ...args: readonly unknown[]): Promise<vscode.Uri[]> {
  const files = await vscode.commands.executeCommand<vscode.Uri[]>(`easel.${command}`, ...args);
  assert.ok(Array.isArray(files), `easel.${command} answered no array`);
  return files;
}

/** Calls a command that must reject with this reason. */
export async function refused(reason: Reason, command: string, ...args: readonly unknown[]): Promise<Rejection> {
  let files: vscode.Uri[];
  try {
    files = await easel(command, ...args);
  } catch (error) {
    assert.ok(error instanceof Error);
    const rejection: Rejection = error;
    assert.equal(rejection.reason, reason, rejection.stack);
    return rejection;
  }
  return assert.fail(`easel.${command} wrote ${files.map(String).join(', ')} instead of rejecting with ${reason}`);
}

/** The only file of a call that writes one. */
export function one(files: readonly vscode.Uri[]): vscode.Uri {
  assert.equal(files.length, 1);
  const [file] = files;
  assert.ok(file);
  return file;
}

/** A file of the workspace. */
export function inWorkspace(...segments: readonly string[]): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, ...segments);
}

export async function bytesOf(uri: vscode.Uri): Promise<Buffer> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri));
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** The names in a folder of the workspace, sorted; none where there is no folder. */
export async function namesIn(...segments: readonly string[]): Promise<string[]> {
  const folder = inWorkspace(...segments);
  if (!(await exists(folder))) return [];
  return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
}

/** Puts bytes into the workspace. */
export async function put(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const file = inWorkspace(name);
  await vscode.workspace.fs.writeFile(file, bytes);
  return file;
}

/** Shows a document in front. VS Code refuses now and then while it is busy with another editor, or with the text that was known under this name before: it is asked again. */
export async function showInFront(document: vscode.TextDocument): Promise<vscode.TextEditor> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await vscode.window.showTextDocument(document, { preview: false });
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause();
    }
  }
}

/** Opens a document of the workspace that holds this text, in front. VS Code may still know an older one under its name, which was open a moment ago: that is read again. */
export async function openText(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(await put(name, Buffer.from(text)));
  await showInFront(document);
  await until(`the text of ${name}`, async () => {
    if (document.getText() !== text) await vscode.commands.executeCommand('workbench.action.files.revert');
    return document.getText() === text;
  });
  return document;
}

/** Removes a file or a folder; its editors are closed first, so that none looks for what is gone. */
export async function remove(...segments: readonly string[]): Promise<void> {
  const target = inWorkspace(...segments);
  const isBelow = (uri: vscode.Uri): boolean => uri.path === target.path || uri.path.startsWith(`${target.path}/`);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ input }) => input instanceof vscode.TabInputCustom && isBelow(input.uri)));
  if (await exists(target)) await vscode.workspace.fs.delete(target, { recursive: true });
}

/** Upright 8-bit RGBA pixels, by a decoder that is not Easel's. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

export async function pixelsOf(uri: vscode.Uri): Promise<Pixels> {
  const { data, info } = await sharp(await bytesOf(uri)).rotate().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** The largest difference of a channel between two pictures, `b` lying at `x`, `y` on `a`, over the pixels of `b` that `counts` names by their place on `b`. */
export function largestDifference(a: Pixels, b: Pixels, x: number, y: number, counts: (px: number, py: number) => boolean): number {
  let largest = 0;
  for (let py = 0; py < b.height; py += 1) {
    for (let px = 0; px < b.width; px += 1) {
      if (!counts(px, py)) continue;
      for (let channel = 0; channel < 4; channel += 1) {
        const difference = Math.abs((a.data[((py + y) * a.width + px + x) * 4 + channel] ?? -1000) - (b.data[(py * b.width + px) * 4 + channel] ?? 2000));
        largest = Math.max(largest, difference);
      }
    }
  }
  return largest;
}

/** The recipe of a PNG, found by walking its chunks. */
export async function recipeOf(uri: vscode.Uri): Promise<Recipe | undefined> {
  const png = await bytesOf(uri);
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    // keyword, 0, uncompressed, method 0, no language, no translated keyword
    const head = Buffer.from('easel\0\0\0\0\0');
    if (png.toString('latin1', at + 4, at + 8) === 'iTXt' && data.subarray(0, head.length).equals(head)) return parseRecipe(data.toString('utf8', head.length));
    at += 12 + length;
  }
  return undefined;
}

/** Sets settings for the length of a test file. */
export async function configure(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('easel');
  for (const [key, value] of Object.entries(values)) await configuration.update(key, value, vscode.ConfigurationTarget.Global);
}

/** Takes settings back to their defaults. */
export async function unconfigure(...keys: readonly string[]): Promise<void> {
  await configure(Object.fromEntries(keys.map((key) => [key, undefined])));
}

/** Waits until something holds, looking again and again. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `It never came: ${what}`);
    await pause();
  }
}

/** How long something may take on a busy machine, in milliseconds. */
const PATIENCE = 20_000;

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
