import { commands, DataTransferItem, EventEmitter, l10n, type DataTransfer, type Disposable, type TreeItem, type TreeView } from 'vscode';
import type { HistoryTree } from '../doors/history';
import type { Services } from '../services';
import { itemOf, keyOf, matches, nodeOf, tooltipOf, type HistoryNode } from './historyItem';
import { Thumbnails } from './thumbnails';

/**
 * The history as a tree of VS Code's own: it comes with keys, screen readers, type-to-find, several selected and drags, which a page would have to make again. Its rows are small, so that the
 * hover shows the picture.
 */
export class HistoryView implements HistoryTree<HistoryNode>, Disposable {
  readonly #services: Services;
  readonly #thumbnails: Thumbnails;
  readonly #changes = new EventEmitter<HistoryNode | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #stop: () => void;
  #view: TreeView<HistoryNode> | undefined;
  /** By their keys: VS Code knows a row by its object. */
  #nodes = new Map<string, HistoryNode>();
  #filter = '';

  constructor(services: Services) {
    this.#services = services;
    this.#thumbnails = new Thumbnails(services);
    this.#stop = services.jobs.history.onChange(() => this.#changes.fire(undefined));
  }

  attach(view: TreeView<HistoryNode>): void {
    this.#view = view;
  }

  get filter(): string {
    return this.#filter;
  }

  /** What is selected, for a key that names no row. */
  get selection(): readonly HistoryNode[] {
    return this.#view?.selection ?? [];
  }

  /** Shows only the pictures with these words; all where there are none. */
  async setFilter(words: string): Promise<void> {
    this.#filter = words.trim();
    await commands.executeCommand('setContext', 'easel.historyIsFiltered', this.#filter !== '');
    this.#changes.fire(undefined);
  }

  async getChildren(parent?: HistoryNode): Promise<HistoryNode[]> {
    if (parent) return [];
    const all = (await this.#services.jobs.history.list()).map((entry) => {
      const node = nodeOf(entry);
      return this.#nodes.get(keyOf(node)) ?? node;
    });
    this.#nodes = new Map(all.map((node) => [keyOf(node), node]));
    const shown = this.#filter === '' ? all : all.filter((node) => matches(node, this.#filter));
    // An empty view shows its welcome instead of a message.
    if (this.#view) this.#view.message = this.#filter === '' ? undefined : l10n.t('“{0}”: {1} of {2}', this.#filter, shown.length, all.length);
    return shown;
  }

  getTreeItem(node: HistoryNode): TreeItem {
    const thumbnail = this.#thumbnails.now(node.entry);
    if (thumbnail === 'pending') void this.#thumbnails.get(node.entry).then(() => this.#changes.fire(node));
    return itemOf(node, thumbnail);
  }

  async resolveTreeItem(item: TreeItem, node: HistoryNode): Promise<TreeItem> {
    item.tooltip = tooltipOf(node, await this.#thumbnails.get(node.entry));
    return item;
  }

  drag(source: readonly HistoryNode[], into: DataTransfer): void {
    into.set('text/uri-list', new DataTransferItem(source.map(({ resourceUri }) => resourceUri.toString()).join('\r\n')));
  }

  /** Forgets what was made here, and every small picture of it. */
  async clear(): Promise<void> {
    this.#thumbnails.forget();
    await this.#services.jobs.history.clear();
  }

  dispose(): void {
    this.#stop();
    this.#changes.dispose();
  }
}
