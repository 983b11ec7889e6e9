#!/usr/bin/env node
// Stands in for VS Code's executable in test runs, so that @vscode/test-electron works unchanged where there is no desktop VS Code.
import { fileURLToPath } from 'node:url';
import { type HostRun, runInCodeServer } from '../test/support/vscode/hostRun';

/** Reads the arguments that @vscode/test-electron gives to VS Code. */
function parse(args: readonly string[]): HostRun {
  const extensions: string[] = [];
  let tests: string | undefined;
  let workspace: string | undefined;
  for (const arg of args) {
    const [, name, value] = /^--([\w-]+)=(.*)$/.exec(arg) ?? [];
    if (name === 'extensionDevelopmentPath' && value) extensions.push(value);
    else if (name === 'extensionTestsPath') tests = value;
    else if ((name === 'folder-uri' || name === 'file-uri') && value) workspace = fileURLToPath(value);
    else if (!arg.startsWith('-')) workspace = arg;
  }
  if (!tests) throw new Error('This stand-in for VS Code only runs tests: --extensionDevelopmentPath=… --extensionTestsPath=…');
  return { extensions, tests, workspace };
}

async function main(): Promise<void> {
  process.exit(await runInCodeServer(parse(process.argv.slice(2))));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
