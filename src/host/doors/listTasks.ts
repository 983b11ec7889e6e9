import { CustomExecution, EventEmitter, Task, TaskScope, tasks, Uri, workspace, type Disposable, type Pseudoterminal, type TaskDefinition, type WorkspaceFolder } from 'vscode';
import { LIST_FILE } from '../../core/list/pictureList';

const TYPE = 'easel';
const MATCHER = '$easel';

/** Runs a task of a list: writes lines, answers the exit code. */
export type RunListTask = (kind: 'check' | 'make', folder: Uri, write: (line: string) => void, signal: AbortSignal) => Promise<number>;

/** Announces the tasks `easel: check` and `easel: make` of every workspace folder that has a picture list. */
export function registerListTasks(run: RunListTask): Disposable {
  return tasks.registerTaskProvider(TYPE, {
    provideTasks: async () => {
      const folders = await Promise.all((workspace.workspaceFolders ?? []).map(async (folder) => ((await hasList(folder)) ? [folder] : [])));
      return folders.flat().flatMap((folder) => (['check', 'make'] as const).map((kind) => taskOf(kind, { type: TYPE, task: kind }, folder, folder, run)));
    },
    // Undefined where `tasks.json` asks for another task than there are.
    resolveTask: ({ definition, scope }) => {
      const kind: unknown = definition['task'];
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      return folder && (kind === 'check' || kind === 'make') ? taskOf(kind, definition, folder, scope, run) : undefined;
    },
  });
}

function taskOf(kind: 'check' | 'make', definition: TaskDefinition, { uri }: WorkspaceFolder, scope: Task['scope'], run: RunListTask): Task {
  return new Task(definition, scope ?? TaskScope.Workspace, kind, TYPE, new CustomExecution(async () => terminalOf(kind, uri, run)), MATCHER);
}

async function hasList(folder: WorkspaceFolder): Promise<boolean> {
  return workspace.fs.stat(Uri.joinPath(folder.uri, LIST_FILE)).then(
    () => true,
    () => false,
  );
}

/** A terminal that shows the lines of a task and ends with its exit code; closing it cancels the task. */
function terminalOf(kind: 'check' | 'make', folder: Uri, run: RunListTask): Pseudoterminal {
  const written = new EventEmitter<string>();
  const closed = new EventEmitter<number>();
  const controller = new AbortController();
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => void run(kind, folder, (line) => written.fire(`${line}\r\n`), controller.signal).then((code) => closed.fire(code), () => closed.fire(2)),
    close: () => controller.abort(),
  };
}
