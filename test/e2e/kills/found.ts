import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { paidPictures } from '../../faults/kill/paid';
import { eventually } from '../../support/eventually';
import { answerFileDialog, answerNotification } from '../../support/vscode/ui';
import type { Workbench } from '../../support/vscode/workbench';
import { SOURCE, WIDE } from './verbs';

/** What became of the pictures of one round. Each counts as many as answers of the server are in it. */
export interface Figures {
  readonly killed: boolean;
  /** Pictures of the answers whose body had fully arrived. */
  readonly paid: number;
  /** In the workspace without a question. */
  readonly written: number;
  /** In the studio. */
  readonly candidates: number;
  /** Offered after the restart, and saved by that. */
  readonly offered: number;
  readonly lost: number;
  readonly doubled: number;
}

/** A dead window's lease has run out once it is older than this, in milliseconds. */
const DEAD_MS = 60_000;
const OFFER = /^(?:.*)(A picture|\d+ pictures) that arrived (?:was|were) not saved/s;

/** Looks for pictures where a person would, in the workspace and in the studio, and takes what is offered. */
export class Found {
  readonly #workbench: Workbench;
  readonly #source: Buffer;
  readonly #storage: string;
  #candidatesBefore = 0;
  #offered = 0;

  constructor(workbench: Workbench, source: Buffer) {
    this.#workbench = workbench;
    this.#source = source;
    this.#storage = path.join(workbench.userData, 'globalStorage/easel.easel');
  }

  /** Puts the workspace back to where each round begins. */
  begin(): void {
    const { workspace } = this.#workbench;
    for (const name of this.#pictures()) fs.rmSync(name);
    fs.writeFileSync(path.join(workspace, SOURCE.name), this.#source);
    fs.mkdirSync(this.#savedFolder, { recursive: true });
    this.#candidatesBefore = this.candidates();
    this.#offered = 0;
  }

  /** Whether a round that nobody killed has come to its end. */
  isDone(pictures: number): boolean {
    return this.#newPictures().length + this.candidates() - this.#candidatesBefore === pictures && this.#waiting() === 0;
  }

  /** Makes the dead window's silence as long as it is for a person who comes back after a minute. */
  ageLeases(): void {
    const folder = path.join(this.#storage, 'leases');
    for (const name of filesIn(folder)) fs.writeFileSync(path.join(folder, name), String(Date.now() - DEAD_MS));
  }

  /** Waits until Easel has looked into its outbox, and saves what it offers. */
  async saveOffered(limit: number): Promise<void> {
    const { page } = this.#workbench;
    const toast = page.locator('.notification-toast').filter({ hasText: OFFER }).first();
    await eventually(async () => assert.ok(this.#waiting() === 0 || (await toast.isVisible()), 'what waits is not offered'), limit);
    if (this.#waiting() === 0) return;
    const told = OFFER.exec((await toast.textContent()) ?? '')?.[1] ?? '';
    await answerNotification(page, OFFER, 'Save…');
    await answerFileDialog(page, `${this.#savedFolder}/`);
    await eventually(() => assert.equal(this.#waiting(), 0), limit);
    this.#offered = told === 'A picture' ? 1 : Number.parseInt(told, 10);
    assert.equal(filesIn(this.#savedFolder).length, this.#offered, 'as many as it said were saved');
  }

  /** How many pictures wait in the studio. */
  candidates(): number {
    return this.#candidateFiles().length;
  }

  /** Counts what is there against the bodies that arrived; fails where a file is not whole. */
  async figures(arrived: string): Promise<Omit<Figures, 'killed'>> {
    const offered = await this.#answersIn(filesIn(this.#savedFolder).map((name) => path.join(this.#savedFolder, name)));
    const written = (await this.#answersIn(this.#newPictures())) - offered;
    await this.#answersIn(this.#candidateFiles());
    const candidates = this.candidates() - this.#candidatesBefore;
    const { ended, whole } = paidPictures(arrived);
    const total = written + candidates + offered;
    // A body whose last byte was there, but not its end, may count.
    return { paid: Math.min(whole, Math.max(ended, total)), written, candidates, offered, lost: Math.max(0, ended - total), doubled: Math.max(0, total - whole) };
  }

  get #savedFolder(): string {
    return path.join(this.#workbench.workspace, 'saved');
  }

  /** Decodes each to its end. */
  async #answersIn(files: readonly string[]): Promise<number> {
    let answers = 0;
    for (const file of files) {
      const { info } = await sharp(file, { failOn: 'truncated' }).raw().toBuffer({ resolveWithObject: true });
      answers += info.width === WIDE.width ? 2 : 1;
    }
    return answers;
  }

  /** Every picture of the workspace that was not there at first, files that are being written included. */
  #newPictures(): string[] {
    return this.#pictures().filter((file) => !fs.readFileSync(file).equals(this.#source));
  }

  #pictures(): string[] {
    const { workspace } = this.#workbench;
    const names = fs.readdirSync(workspace, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => /\.(?:png|easel-tmp)$/.test(name)).map((name) => path.join(workspace, name));
  }

  #candidateFiles(): string[] {
    const all = path.join(this.#workbench.userData, 'workspaceStorage');
    return filesIn(all).flatMap((name) => {
      const folder = path.join(all, name, 'easel.easel/candidates');
      return filesIn(folder).filter((file) => file.endsWith('.png')).map((file) => path.join(folder, file));
    });
  }

  /** Entries and bodies of the outbox. */
  #waiting(): number {
    return filesIn(path.join(this.#storage, 'outbox')).filter((name) => /\.(?:bin|body)$/.test(name)).length;
  }
}

function filesIn(folder: string): string[] {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}
