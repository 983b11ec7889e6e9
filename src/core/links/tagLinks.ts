import type { Described, Findings } from './findings';
import { entitiesDecoded } from './entities';
import { scanCss } from './scanCss';
import { scanSrcset } from './srcset';

/** A text that stands in a document as it is. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: 'url' | 'module';
}

/** An attribute's value: the literals in it, or the one name that it refers to. */
export interface Attribute {
  readonly literals: Literal[];
  identifier?: string;
}

/** An opening tag; attributes by their names in lower case. */
export interface Tag {
  readonly name: string;
  readonly attributes: Map<string, Attribute>;
}

/** Attributes whose value is the address of a picture, whatever the tag: components have them too. */
const ADDRESS_ATTRIBUTES = ['src', 'href', 'poster', 'content', 'data', 'background', 'xlink:href', 'image', 'icon', 'data-src'];
const SRCSET_ATTRIBUTES = ['srcset', 'imagesrcset', 'data-srcset'];
/** How Vue and Angular mark an attribute whose value is code. */
const BINDING = /^(?:v-bind:|:|\[)/;

/** Adds the pictures that a tag names, described by its other attributes. */
export function addTagLinks(tag: Tag, text: string, heading: string | undefined, findings: Findings): void {
  if (tag.attributes.size === 0) return;
  const described = lazily(() => describe(tag, heading));
  for (const [name, attribute] of tag.attributes) {
    const plain = name.replace(BINDING, '').replace(/\]$/, '');
    if (ADDRESS_ATTRIBUTES.includes(plain)) {
      if (attribute.identifier !== undefined) findings.show(attribute.identifier, described());
      for (const literal of plain === name ? attribute.literals : bound(attribute, findings, described)) {
        findings.add({ start: literal.start, end: literal.end, address: entitiesDecoded(literal.text).trim(), kind: literal.kind, ...described() });
      }
    } else if (SRCSET_ATTRIBUTES.includes(plain)) {
      for (const { start, text: set } of plain === name ? attribute.literals : bound(attribute, findings, described)) scanSrcset(set, start, (link) => findings.add({ ...link, ...described() }));
    } else if (plain === 'style') {
      for (const { start, end } of attribute.literals) scanCss(text, start, end, { lineComments: false }, findings.add);
    }
  }
}

/** The literal in the code of a bound attribute: `:src="'/a.png'"`, `:src="require('@/a.png')"`; a name alone shows what was imported under it. */
function bound({ literals }: Attribute, findings: Findings, described: () => Described): Literal[] {
  const [value] = literals;
  if (!value) return [];
  const name = /^\s*([A-Za-z_$][\w$]*)\s*$/.exec(value.text)?.[1];
  if (name !== undefined) findings.show(name, described());
  const match = /^(\s*(require\(\s*)?["'`])([^"'`]*)["'`]\s*(?:\)\s*)?$/.exec(value.text);
  if (!match) return [];
  const [, before = '', required, text = ''] = match;
  const start = value.start + before.length;
  return [{ start, end: start + text.length, text, kind: required === undefined ? 'url' : 'module' }];
}

function describe(tag: Tag, heading: string | undefined): Described {
  const alt = textOf(tag, 'alt') ?? textOf(tag, 'aria-label') ?? textOf(tag, 'title');
  const width = pixels(textOf(tag, 'width'));
  const height = pixels(textOf(tag, 'height'));
  const purpose = purposeOf(tag);
  return {
    ...(alt === undefined || alt === '' ? {} : { alt }),
    ...(heading === undefined ? {} : { heading }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...sizesOf(tag),
    ...(purpose === undefined ? {} : { purpose }),
  };
}

/** What the tags of a page's head say: previews for social networks and icons. */
function purposeOf(tag: Tag): string | undefined {
  if (tag.name === 'meta') return /^(?:og|twitter):image/.test(textOf(tag, 'property') ?? textOf(tag, 'name') ?? '') ? 'og-card' : undefined;
  if (tag.name === 'video') return 'youtube-thumbnail';
  if (tag.name !== 'link') return undefined;
  const rel = textOf(tag, 'rel') ?? '';
  if (rel.includes('apple-touch-icon')) return 'apple-touch-icon';
  return /\bicon\b/.test(rel) ? 'favicon' : undefined;
}

/** An icon's `sizes="32x32"`. */
function sizesOf(tag: Tag): Described {
  const match = tag.name === 'link' ? /^(\d{1,4})x(\d{1,4})$/i.exec(textOf(tag, 'sizes') ?? '') : null;
  return match ? { width: Number(match[1]), height: Number(match[2]) } : {};
}

function textOf({ attributes }: Tag, name: string): string | undefined {
  const text = attributes.get(name)?.literals[0]?.text;
  return text === undefined ? undefined : entitiesDecoded(text).replace(/\s+/g, ' ').trim();
}

/** A size in CSS pixels; a percentage or another unit says nothing of the picture's own size. */
function pixels(text: string | undefined): number | undefined {
  const number = /^(\d{1,5})(?:\.\d+)?(?:px)?$/.exec(text ?? '')?.[1];
  return number === undefined || Number(number) === 0 ? undefined : Number(number);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
