import { l10n, Uri, window, workspace } from 'vscode';
import { ImageError } from '../../core/errors';
import { baseName } from '../uris';
import type { Services } from '../services';
import type { ReferenceRecord } from './studioRecords';
import type { StudioSession } from './studioSession';

const ENDINGS = ['png', 'jpg', 'jpeg', 'webp', 'avif', 'gif', 'bmp', 'tif', 'tiff'];

/** Brings pictures among the studio's references: from files, from candidates, from the person's choice. */
export class ReferenceInput {
  readonly #services: Services;
  readonly #session: StudioSession;
  readonly #added: (record: ReferenceRecord) => void;

  /** `added` hears of each picture as it comes. */
  constructor(services: Services, session: StudioSession, added: (record: ReferenceRecord) => void) {
    this.#services = services;
    this.#session = session;
    this.#added = added;
  }

  /** Lets the person choose files. */
  async pick(): Promise<void> {
    const [folder] = workspace.workspaceFolders ?? [];
    const chosen = await window.showOpenDialog({
      canSelectMany: true,
      openLabel: l10n.t('Add'),
      title: l10n.t('Add Reference Pictures'),
      filters: { [l10n.t('Images')]: ENDINGS },
      ...(folder ? { defaultUri: folder.uri } : {}),
    });
    for (const uri of chosen ?? []) await this.#add(uri);
  }

  /** Takes files that were dropped. A page cannot reach beyond the workspace by naming them. */
  async files(uris: readonly string[]): Promise<void> {
    for (const text of uris) {
      const uri = Uri.parse(text);
      if (!workspace.getWorkspaceFolder(uri)) throw new ImageError('bad-path', l10n.t('{0} is outside this workspace: add it by the button.', baseName(uri)));
      await this.#add(uri);
    }
  }

  async candidates(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const bytes = this.#session.candidate(id) && (await this.#services.jobs.candidates.read(id));
      if (bytes) this.#added(await this.#session.references.add(l10n.t('a picture of the studio'), bytes));
    }
  }

  async #add(uri: Uri): Promise<void> {
    this.#added(await this.#session.references.add(baseName(uri), await this.#services.jobs.files.read(uri.toString())));
  }
}
