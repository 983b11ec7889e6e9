import { l10n, type Disposable, type Uri } from 'vscode';
import type { Links } from '../links/links';
import type { MissingInDocument } from '../links/missingLink';
import { withProgress } from '../progress';
import type { Services } from '../services';
import { askForMissing } from './generateMissing';
import { NO_OPTIONS } from './options';
import { performForPerson, registerCommand } from './register';

/** `easel.findMissing`: looks through the whole workspace. A person then chooses what is to be drawn; a caller gets the places of the missing files. */
export function registerFindMissing(services: Services, links: () => Promise<Links>): Disposable {
  const find = (): Promise<MissingInDocument[]> =>
    withProgress(services, l10n.t('Easel: Looking for missing images'), async ({ signal, report }) => {
      return (await links()).missingInWorkspace(signal, (done, of) => report(l10n.t('{0} of {1} documents', done, of)));
    });
  return registerCommand(services, {
    id: 'easel.findMissing',
    schema: NO_OPTIONS,
    needsTrust: false,
    person: async () => {
      const found = await find();
      const work = await askForMissing(services, found.flatMap(({ missing }) => missing), l10n.t('No document of the workspace names a missing image.'));
      return work ? performForPerson(services, 'easel.findMissing', work) : [];
    },
    caller: async () => targetsOf(await find()),
  });
}

function targetsOf(found: readonly MissingInDocument[]): Uri[] {
  const targets = found.flatMap(({ missing }) => missing.map(({ target }) => target));
  return [...new Map(targets.map((target) => [target.toString(), target])).values()];
}
