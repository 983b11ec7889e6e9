import { QuickInputButtons, window, type Disposable, type QuickInput, type QuickInputButton } from 'vscode';
import { withTyped, type Choice, type ReadTyped } from './typedChoices';
import { BACK, type Back, type Position } from './wizard';

export interface TextQuestion {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** What is wrong with a text, undefined where nothing is; asked while typing, and once more before the answer counts. */
  readonly validate: (text: string) => string | undefined;
}

export interface ListQuestion<T> {
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** The entry that is chosen at first. */
  readonly active?: T;
  /** For lists in which one may type what is not there: a size, a ratio. */
  readonly typed?: ReadTyped<T>;
}

/** Asks for a line of text. Undefined where the person turned away. */
export async function askText(position: Position, question: TextQuestion): Promise<string | Back | undefined> {
  const input = window.createInputBox();
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.password = question.password ?? false;
  // A box has one line: it would join the words at a break.
  input.value = (question.value ?? '').replace(/\s*\n\s*/g, ' ');
  return show(input, input, position, (settle) => [
    input.onDidChangeValue((text) => {
      // Nothing typed yet is no mistake yet.
      input.validationMessage = text === '' ? undefined : question.validate(text);
    }),
    input.onDidAccept(() => {
      input.validationMessage = question.validate(input.value);
      if (input.validationMessage === undefined) settle(input.value);
    }),
  ]);
}

/** Asks for one entry of a list. Undefined where the person turned away. */
export async function askOne<T>(position: Position, question: ListQuestion<T>): Promise<T | Back | undefined> {
  const pick = window.createQuickPick<Choice<T>>();
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = question.choices;
  const active = question.choices.find((choice) => choice.value !== undefined && choice.value === question.active);
  // An empty list would leave nothing active, and Enter without effect.
  if (active) pick.activeItems = [active];
  return show(pick, pick, position, (settle) => [
    pick.onDidChangeValue((text) => {
      if (question.typed) pick.items = withTyped(question.choices, text, question.typed);
    }),
    pick.onDidAccept(() => {
      // Enter may come before the entry that was made of the text does.
      const typed = question.typed?.(pick.value.trim());
      const value = pick.selectedItems[0]?.value ?? (typeof typed === 'object' ? typed.value : undefined);
      if (value !== undefined) settle(value);
    }),
  ]);
}

export interface SeveralQuestion<T> extends ListQuestion<T> {
  /** The title, which follows what is ticked, instead of the dialogue's. */
  readonly titleOf?: (values: readonly T[]) => string;
}

/** Asks for several entries of a list, at least `least`; those that are `picked` are ticked at first. Undefined where the person turned away. */
export async function askSeveral<T>(position: Position, question: SeveralQuestion<T>, least: number): Promise<readonly T[] | Back | undefined> {
  const pick = window.createQuickPick<Choice<T>>();
  const { titleOf } = question;
  pick.canSelectMany = true;
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.items = question.choices;
  pick.selectedItems = question.choices.filter(({ picked }) => picked);
  const values = (): readonly T[] => pick.selectedItems.map((item) => item.value).filter((value) => value !== undefined);
  const title = titleOf ? titleOf(values()) : position.title;
  return show<readonly T[]>(pick, pick, { ...position, title }, (settle) => [
    pick.onDidChangeSelection(() => {
      if (titleOf) pick.title = titleOf(values());
    }),
    pick.onDidAccept(() => {
      const chosen = values();
      if (chosen.length >= least) settle(chosen);
    }),
  ]);
}

interface WithButtons {
  buttons: readonly QuickInputButton[];
  readonly onDidTriggerButton: (listener: (button: QuickInputButton) => void) => Disposable;
}

/** Shows an input until it is answered or put away; `listen` hooks its own events up. */
function show<T>(
  input: QuickInput,
  bar: WithButtons,
  position: Position,
  listen: (settle: (value: T) => void) => readonly Disposable[],
): Promise<T | Back | undefined> {
  input.title = position.title;
  if (position.total > 1) {
    input.step = position.step;
    input.totalSteps = position.total;
  }
  input.ignoreFocusOut = true;
  bar.buttons = position.canGoBack ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    let listeners: readonly Disposable[] = [];
    const settle = (value: T | Back | undefined): void => {
      resolve(value);
      for (const listener of listeners) listener.dispose();
      input.dispose();
    };
    listeners = [
      ...listen(settle),
      bar.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) settle(BACK);
      }),
      input.onDidHide(() => settle(undefined)),
    ];
    input.show();
  });
}
