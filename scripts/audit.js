// `npm run audit`: asks the registry for known weaknesses of what is installed. A registry that does not answer that is no failure, but is said.
const { spawnSync } = require('node:child_process');

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const { stdout } = spawnSync(npm, ['audit', '--audit=true', '--json'], { encoding: 'utf8', maxBuffer: 2 ** 26, shell: process.platform === 'win32' });
const answer = parse(stdout);
if (!answer?.metadata?.vulnerabilities) {
  console.log(`Not run: the registry does not answer npm audit (${answer?.message ?? answer?.error?.summary ?? 'no reason given'}).`);
} else {
  const { total } = answer.metadata.vulnerabilities;
  for (const [name, { severity, range }] of Object.entries(answer.vulnerabilities)) console.log(`${severity}: ${name} ${range}`);
  console.log(`${total} known weaknesses.`);
  process.exitCode = total === 0 ? 0 : 1;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
