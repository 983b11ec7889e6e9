// Checks package-lock.json for what makes `npm ci` depend on the registry that it was made with.
const fs = require('node:fs');
const path = require('node:path');

const { packages } = JSON.parse(fs.readFileSync(path.join(__dirname, '../package-lock.json'), 'utf8'));
const complaints = [];

// Addresses tie the lock to one registry. The project's .npmrc keeps them out.
for (const [name, entry] of Object.entries(packages)) {
  if (entry.resolved && !entry.link) complaints.push(`${name} has a "resolved" address`);
}

// npm leaves out a platform's package that its registry does not serve; where another registry does, `npm ci` then refuses the whole lock.
for (const [parent, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!packages[`node_modules/${name}`] && !packages[`${parent}/node_modules/${name}`]) complaints.push(`${name}, optional to ${parent}, is missing`);
  }
}

if (complaints.length > 0) {
  console.error(`package-lock.json:\n${complaints.join('\n')}`);
  process.exit(1);
}
