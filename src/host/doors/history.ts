import { EventEmitter, window, type DataTransfer, type Disposable, type TreeDataProvider, type TreeDragAndDropController, type TreeView } from 'vscode';
import { HISTORY_VIEW } from '../viewTypes';

/** What shows a history: the tree's provider, its drags, and its hold on the view. */
export interface HistoryTree<T> extends Required<Pick<TreeDataProvider<T>, 'onDidChangeTreeData' | 'getTreeItem' | 'getChildren' | 'resolveTreeItem'>> {
  drag(source: readonly T[], into: DataTransfer): void;
  /** Called once, before anything else. */
  attach(view: TreeView<T>): void;
}

/** The view of the history. VS Code wants its provider when the view is first seen, before anything else is loaded: what it asks for is passed on to the tree that `load` answers. */
export function registerHistoryView<T>(load: () => Promise<HistoryTree<T>>): Disposable {
  const changes = new EventEmitter<T | T[] | undefined | null | void>();
  let loaded: Promise<HistoryTree<T>> | undefined;
  const tree = (): Promise<HistoryTree<T>> =>
    (loaded ??= load().then((real) => {
      real.onDidChangeTreeData((change) => changes.fire(change));
      real.attach(view);
      return real;
    }));
  const drags: TreeDragAndDropController<T> = {
    dragMimeTypes: ['text/uri-list'],
    dropMimeTypes: [],
    handleDrag: async (source, into) => (await tree()).drag(source, into),
  };
  const view = window.createTreeView<T>(HISTORY_VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getTreeItem: async (element) => (await tree()).getTreeItem(element),
      getChildren: async (element) => (await tree()).getChildren(element),
      resolveTreeItem: async (...asked) => (await tree()).resolveTreeItem(...asked),
    },
    dragAndDropController: drags,
    canSelectMany: true,
    showCollapseAll: false,
  });
  return view;
}
