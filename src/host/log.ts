import { window, type LogOutputChannel } from 'vscode';

/** Easel's log channel: what happened, with request ids. Never given a key or picture bytes; prompts are not logged at all. It serves as the rooms' `Log` port. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Easel', { log: true });
}
