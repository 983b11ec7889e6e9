import { startImagesServer } from './server';
import { PROFILES, type ProfileName } from './profiles';

/** Starts the server for a person: `node cli.js [profile]`. Prints its address and key, and stops with the terminal. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? 'openai';
  if (!isProfile(name)) throw new Error(`No such server: ${name}. There are ${Object.keys(PROFILES).join(', ')}.`);
  const server = await startImagesServer({ profile: name });
  process.stdout.write(`Images server: ${server.url}\nKey: ${server.key}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
}

function isProfile(name: string): name is ProfileName {
  return name in PROFILES;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
