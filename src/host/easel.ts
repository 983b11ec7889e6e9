import { Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import { createTools } from './agents/tools';
import { registerClearApiKey, registerSetApiKey } from './commands/apiKey';
import { registerBlend } from './commands/blend';
import { registerConvert } from './commands/convert';
import { registerCutOut } from './commands/cutOut';
import { registerDarkTwin } from './commands/darkTwin';
import { registerEdit } from './commands/edit';
import { registerExportLedger } from './commands/exportLedger';
import { registerFindMissing } from './commands/findMissing';
import { registerGenerate } from './commands/generate';
import { registerGenerateMissing } from './commands/generateMissing';
import { registerIconSet } from './commands/iconSet';
import { registerHistory } from './commands/history';
import { registerInsert } from './commands/insert';
import { registerMakePictures } from './commands/makePictures';
import { registerRunAgain } from './commands/runAgain';
import { registerSelectModel } from './commands/selectModel';
import { registerShowCosts } from './commands/showCosts';
import { registerShowLog } from './commands/showLog';
import { registerShowRecipe } from './commands/showRecipe';
import { registerVary } from './commands/vary';
import { registerWiden } from './commands/widen';
import { registerCostStatus } from './costStatus';
import { registerFirstSteps } from './firstSteps';
import { HistoryView } from './history/historyView';
import { ImageEditorProvider } from './imageEditor/imageEditorProvider';
import { PictureDrops } from './insertion/dropEdits';
import { LastEditor } from './insertion/lastEditor';
import { PicturePastes } from './insertion/pasteEdits';
import { registerLeftovers } from './leftovers';
import type { RunListTask } from './doors/listTasks';
import { ListDiagnostics } from './pictureList/listDiagnostics';
import { runListTask } from './pictureList/listTask';
import type { Links } from './links/links';
import { pictureFacts, type FactsOf } from './recipes/pictureFacts';
import { Services } from './services';
import { registerStatusBar } from './statusBar';
import { registerStudio } from './studio/registerStudio';
import { Studio } from './studio/studio';

/** Easel at work: what `activate()` has announced. */
export interface Easel extends Disposable {
  /** Runs a command as VS Code calls it. */
  run(id: string, args: readonly unknown[]): Promise<unknown>;
  readonly imageEditor: ImageEditorProvider;
  /** Drops and pastes of pictures into documents. */
  readonly drops: PictureDrops;
  readonly pastes: PicturePastes;
  /** What language models may call. */
  readonly agentTools: ReturnType<typeof createTools>;
  readonly history: HistoryView;
  readonly factsOf: FactsOf;
  readonly runListTask: RunListTask;
  /** Takes up a studio's panel of the last window. */
  restoreStudio(panel: WebviewPanel): Promise<void>;
}

/** Wires the features up, when the first of them is used; each makes what it needs when it is first used itself. */
export function startEasel(context: ExtensionContext, links: () => Promise<Links>): Easel {
  const services = new Services(context);
  const imageEditor = new ImageEditorProvider(services);
  const lastEditor = new LastEditor();
  const studio = new Studio(services, lastEditor);
  const drops = new PictureDrops(services, (candidate) => studio.draftOf(candidate));
  const history = new HistoryView(services);
  const listDiagnostics = new ListDiagnostics();
  const all = Disposable.from(
    imageEditor,
    lastEditor,
    studio,
    drops,
    registerGenerate(services),
    registerEdit(services),
    registerVary(services),
    registerWiden(services),
    registerBlend(services),
    registerInsert(services, lastEditor),
    listDiagnostics,
    registerMakePictures(services, listDiagnostics),
    registerGenerateMissing(services, links),
    registerFindMissing(services, links),
    registerIconSet(services),
    registerConvert(services),
    registerCutOut(services),
    registerDarkTwin(services),
    registerRunAgain(services),
    registerShowRecipe(services),
    registerSetApiKey(services),
    registerClearApiKey(services),
    registerSelectModel(services),
    registerStudio(services, studio),
    history,
    registerHistory(services, history),
    registerShowCosts(services),
    registerExportLedger(services),
    registerShowLog(services),
    registerStatusBar(services),
    registerFirstSteps(services),
    registerCostStatus(services),
    registerLeftovers(services),
    services,
  );
  return {
    run: (id, args) => services.commands.run(id, args),
    drops,
    pastes: new PicturePastes(services),
    agentTools: createTools(services),
    imageEditor,
    history,
    factsOf: (uri) => pictureFacts(services, uri),
    runListTask: (...task) => runListTask(services, ...task),
    restoreStudio: (panel) => studio.restore(panel),
    dispose: () => all.dispose(),
  };
}
