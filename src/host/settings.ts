import { workspace } from 'vscode';
import { checkSettings, type Settings } from './settingsSchema';

/** The one reader of the settings. In an untrusted workspace VS Code itself leaves out what the workspace says of restricted ones. */
export function readSettings(): Settings {
  const configuration = workspace.getConfiguration('easel', workspace.workspaceFolders?.[0]);
  return checkSettings((key) => configuration.get(key));
}
