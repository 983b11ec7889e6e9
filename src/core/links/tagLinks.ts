import { entitiesDecoded } from './entities';
import { describe, type Described, type Findings } from './findings';
import { isLocalImage, type LinkDraft } from './imageLink';
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
const ADDRESS_ATTRIBUTES = new Set(['src', 'href', 'poster', 'content', 'data', 'background', 'xlink:href', 'image', 'icon', 'data-src']);
const SRCSET_ATTRIBUTES = new Set(['srcset', 'imagesrcset', 'data-srcset']);
/** How Vue and Angular mark an attribute whose value is code. */
const BINDING = /^(?:v-bind:([^\]]*)|:([^\]]*)|\[([^\]]*))\]?$/;
/** What most texts of attributes are: one line, no character references, no two spaces beside each other. */
const PLAIN_TEXT = /^[^\s&]+(?: [^\s&]+)*$/;

/** Adds the pictures that a tag names, described by its other attributes. */
export function addTagLinks(tag: Tag, text: string, heading: string | undefined, findings: Findings): void {
  if (tag.attributes.size === 0) return;
  const described = lazily(() => describedBy(tag, heading));
  for (const [written, attribute] of tag.attributes) {
    const name = boundName(written);
    const isBound = name !== written;
    if (ADDRESS_ATTRIBUTES.has(name)) {
      if (attribute.identifier !== undefined) findings.show(attribute.identifier, described());
      for (const { start, end, text: address, kind } of isBound ? bound(attribute, findings, described) : attribute.literals) {
        const decoded = entitiesDecoded(address).trim();
        if (!isLocalImage(decoded)) continue;
        const link: LinkDraft = { start, end, address: decoded, kind };
        describe(link, described());
        findings.add(link);
      }
    } else if (SRCSET_ATTRIBUTES.has(name)) {
      for (const { start, text: set } of isBound ? bound(attribute, findings, described) : attribute.literals) addSrcset(set, start, described, findings);
    } else if (name === 'style') {
      for (const { start, end } of attribute.literals) scanCss(text, start, end, { lineComments: false }, findings.add);
    }
  }
}

function addSrcset(set: string, start: number, described: () => Described, findings: Findings): void {
  scanSrcset(set, start, (link) => {
    describe(link, described());
    findings.add(link);
  });
}

/** An attribute's name without what marks it as bound to code. */
function boundName(name: string): string {
  const [, verbose, short, bracketed] = BINDING.exec(name) ?? [];
  return verbose ?? short ?? bracketed ?? name;
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

function describedBy(tag: Tag, heading: string | undefined): Described {
  const alt = textOf(tag, 'alt') ?? textOf(tag, 'aria-label') ?? textOf(tag, 'title');
  const width = pixels(textOf(tag, 'width'));
  const height = pixels(textOf(tag, 'height'));
  const purpose = purposeOf(tag);
  const described: Described = {};
  if (alt) described.alt = alt;
  if (heading !== undefined) described.heading = heading;
  if (width !== undefined) described.width = width;
  if (height !== undefined) described.height = height;
  if (purpose !== undefined) described.purpose = purpose;
  addIconSize(tag, described);
  return described;
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
function addIconSize(tag: Tag, described: Described): void {
  const match = tag.name === 'link' ? /^(\d{1,4})x(\d{1,4})$/i.exec(textOf(tag, 'sizes') ?? '') : null;
  if (!match) return;
  described.width = Number(match[1]);
  described.height = Number(match[2]);
}

function textOf({ attributes }: Tag, name: string): string | undefined {
  const text = attributes.get(name)?.literals[0]?.text;
  if (text === undefined || PLAIN_TEXT.test(text)) return text;
  return entitiesDecoded(text).replace(/\s+/g, ' ').trim();
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
