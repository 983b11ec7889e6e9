// Fails when package-lock.json names addresses: the lock must work with whatever registry npm is set to, so .npmrc leaves them out.
const fs = require('node:fs');
const path = require('node:path');

const { packages } = JSON.parse(fs.readFileSync(path.join(__dirname, '../package-lock.json'), 'utf8'));
const named = Object.keys(packages).filter((name) => packages[name].resolved && !packages[name].link);
if (named.length > 0) {
  console.error(`package-lock.json holds "resolved" addresses (${named.length}, the first of ${named[0]}). Run npm install with the project's .npmrc.`);
  process.exit(1);
}
