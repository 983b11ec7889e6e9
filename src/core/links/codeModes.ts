import type { Attribute, Tag } from './tagLinks';

/** How a language writes pages and code. */
export interface CodeOptions {
  /** What a document begins with: text and tags, or code. */
  readonly begins: 'markup' | 'script';
  /** Whether `{…}` between tags and in them is code: in JSX, Svelte and Astro. */
  readonly braces: boolean;
  /** Whether tags may stand in code. */
  readonly jsx: boolean;
}

/** What is open where a scanner stands: each kind has its own next token. */
export type Mode = TextMode | TagMode | TemplateMode | ScriptMode;

/** Between tags. `depth` counts the open elements of a JSX expression, which ends with its first one. */
export interface TextMode {
  readonly kind: 'text';
  depth: number;
}

/** In an opening tag. */
export interface TagMode {
  readonly kind: 'tag';
  readonly tag: Tag;
}

/** Between backticks; `from` is where the part begins that is being read. */
export interface TemplateMode {
  readonly kind: 'template';
  readonly start: number;
  from: number;
}

/** In code: what is known of the tokens just read. */
export interface ScriptMode {
  readonly kind: 'script';
  /** The attribute whose value this code is. */
  readonly attribute: Attribute | undefined;
  /** Whether the last token ended an operand: a slash then divides, and a `<` compares. */
  operand: boolean;
  /** Whether the last token was a plus: then a literal is only a part of an address. */
  joined: boolean;
  /** The last token, if it was a word, and the word before it. */
  word: string;
  before: string;
  /** The word before the parenthesis that was the last token. */
  callee: string;
  /** Takes the literal between backticks that has just ended. */
  literal: ((start: number, end: number) => void) | undefined;
  /** Adds the literal that was read last, once it is known that no plus follows. */
  settle: (() => void) | undefined;
}

/** Code of which nothing has been read. */
export function newScript(attribute: Attribute | undefined): ScriptMode {
  return { kind: 'script', attribute, operand: false, joined: false, word: '', before: '', callee: '', literal: undefined, settle: undefined };
}
