import type { Disposable, Uri } from 'vscode';
import { NO_OPTIONS } from '../commands/options';
import { registerCommand } from '../commands/register';
import type { Services } from '../services';
import type { Studio } from './studio';

/** `easel.openStudio`: brings the studio to the front. */
export function registerStudio(services: Services, studio: Studio): Disposable {
  const open = async (): Promise<readonly Uri[]> => {
    await studio.open();
    return [];
  };
  return registerCommand(services, { id: 'easel.openStudio', schema: NO_OPTIONS, needsTrust: false, person: open, caller: open });
}
