import { workspace } from 'vscode';
import { checkSettings, type Settings } from './settingsSchema';

/** The one reader of the settings. In an untrusted workspace VS Code itself leaves out what the workspace says of restricted ones. */
export function readSettings(): Settings {
  const configuration = workspace.getConfiguration('easel', workspace.workspaceFolders?.[0]);
  const isOfWorkspace = (key: string): boolean => {
    const { workspaceValue, workspaceFolderValue } = configuration.inspect(key) ?? {};
    return workspaceValue !== undefined || workspaceFolderValue !== undefined;
  };
  return checkSettings((key) => configuration.get(key), isOfWorkspace);
}
