// `npm run sbom`: writes easel.sbom.json, a CycloneDX bill of the packages whose code is in dist/. What only builds and tests Easel is not in it.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const read = (file) => JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8'));

/** What npm knows of everything that is installed. */
function allPackages() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return JSON.parse(execFileSync(npm, ['sbom', '--sbom-format', 'cyclonedx'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'], shell: process.platform === 'win32' }));
}

function main() {
  const { name, version } = read('package.json');
  const bundled = new Set(read('out/bundled.json').map((folder) => `${nameOf(folder)}@${read(`${folder}/package.json`).version}`));
  const bill = allPackages();
  const components = bill.components.filter((component) => bundled.has(component['bom-ref'].split('|').pop()));
  const found = new Set(components.map((component) => component['bom-ref']));
  const missing = [...bundled].filter((reference) => !found.has(reference));
  if (missing.length > 0) throw new Error(`npm does not know ${missing.join(', ')}`);
  const { component } = bill.metadata;
  const keep = ({ ref }) => found.has(ref) || ref === component['bom-ref'];
  const dependencies = bill.dependencies.filter(keep).map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => found.has(other)) }));
  // npm names the project after its folder, and says where each package lies on this machine.
  const clean = (entry) => ({ ...entry, properties: undefined });
  const metadata = { ...bill.metadata, component: { ...clean(component), name, version, description: read('package.nls.json')['extension.description'] } };
  fs.writeFileSync(path.join(ROOT, 'easel.sbom.json'), `${JSON.stringify({ ...bill, metadata, components: components.map(clean), dependencies }, undefined, 2)}\n`);
  console.log(`easel.sbom.json: ${components.length} packages are in easel.vsix.`);
}

/** The package's name: its folder below node_modules. */
function nameOf(folder) {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

main();
