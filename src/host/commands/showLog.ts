import type { Disposable } from 'vscode';
import type { Services } from '../services';
import { NO_OPTIONS } from './options';
import { registerCommand } from './register';

/** `easel.showLog`: what happened, with the servers' request ids. */
export function registerShowLog(services: Services): Disposable {
  const show = async (): Promise<readonly []> => {
    services.log.show();
    return [];
  };
  return registerCommand(services, { id: 'easel.showLog', schema: NO_OPTIONS, needsTrust: false, person: show, caller: show });
}
