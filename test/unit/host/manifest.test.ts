import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { FORM_IDS } from '../../../src/core/insertion/forms';
import { FORM_LANGUAGES } from '../../../src/core/insertion/languages';
import { LINK_LANGUAGES } from '../../../src/core/links/languages';
import { PURPOSES } from '../../../src/core/purposes';
import { COMMAND_IDS } from '../../../src/host/commandIds';
import { checkSettings, DEFAULTS } from '../../../src/host/settingsSchema';
import { l10nStrings } from '../../support/l10nStrings';

const ROOT = process.cwd();
const text = fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8');

interface Property {
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly scope?: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
  };
}

const manifest = JSON.parse(text) as Manifest;
const contributed = manifest.contributes.commands.map(({ command }) => command);
const properties = Object.assign({}, ...manifest.contributes.configuration.map((section) => section.properties)) as Readonly<Record<string, Property>>;

/** What the source registers, by its `id:` or by `registerCommand(…)`. */
function registered(): string[] {
  const folder = path.join(ROOT, 'src/host');
  const sources = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return sources.flatMap((name) => {
    const source = fs.readFileSync(path.join(folder, name), 'utf8');
    return Array.from(source.matchAll(/(?:\bid:|\bregisterCommand\()\s*'(easel\.\w+)'/g), (match) => match[1] ?? '');
  });
}

describe('the manifest', () => {
  it('names each registered command, and no other', () => {
    assert.deepEqual([...contributed].sort(), registered().sort());
    assert.deepEqual([...contributed].sort(), [...COMMAND_IDS].sort());
  });

  it('shows only commands that it names', () => {
    const shown = Object.values(manifest.contributes.menus).flat().flatMap(({ command }) => (command === undefined ? [] : [command]));
    assert.deepEqual(shown.filter((command) => !contributed.includes(command)), []);
    assert.ok(manifest.contributes.commands.every(({ category }) => category === 'Easel'));
  });

  it('has a reader for each setting, and each setting for a reader, with the same default', () => {
    const declared = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name.replace('easel.', ''), property.default]));
    assert.deepEqual(declared, DEFAULTS);
  });

  it('offers only values that the reader takes', () => {
    for (const [name, { enum: values = [] }] of Object.entries(properties)) {
      const key = name.replace('easel.', '');
      for (const value of values) {
        const settings: readonly unknown[] = Object.values(checkSettings((asked) => (asked === key ? value : undefined)));
        assert.ok(settings.includes(value), `${name}: ${value}`);
      }
    }
  });

  it('offers each form of a link', () => {
    const offered = text.match(/"easel\.insert\.form": \{[^]*?"enum": (\[[^\]]*\])/)?.[1] ?? '[]';
    assert.deepEqual(JSON.parse(offered), FORM_IDS);
  });

  it('keeps what can move a key, money or files out of an untrusted workspace’s hands', () => {
    const restricted = Object.keys(properties).filter((name) => /^easel\.(engine|openai\.|output\.|budget\.|prices|purposes)/.test(name));
    assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), restricted.sort());
    const money = Object.entries(properties).filter(([name]) => /budget|prices/.test(name));
    assert.deepEqual(money.map(([, { scope }]) => scope), ['application', 'application', 'application']);
  });

  it('wakes for nothing but its commands, its own surfaces, its picture list and documents that a picture may be linked in', () => {
    const languages = FORM_LANGUAGES.map((language) => `onLanguage:${language}`);
    assert.deepEqual(LINK_LANGUAGES.filter((language) => !(FORM_LANGUAGES as readonly string[]).includes(language)), []);
    assert.deepEqual(manifest.activationEvents.filter((event) => !/^on(?:WebviewPanel|CustomEditor|View):easel\.\w+$/.test(event)).sort(), [...languages, 'workspaceContains:easel.json'].sort());
  });

  it('names pictures that are there', () => {
    const media = [manifest.icon, ...manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.svg))];
    for (const file of media) assert.ok(fs.existsSync(path.join(ROOT, file)), file);
  });
});

describe('words', () => {
  it('of the manifest are all in package.nls.json, and no other', () => {
    const words = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
    const used = Array.from(text.matchAll(/"%([\w.]+)%"/g), (match) => match[1] ?? '');
    assert.deepEqual(Object.keys(words).sort(), [...new Set(used)].sort());
  });

  it('of the source are all in the bundle, and no other (UPDATE=1 writes it)', () => {
    const file = path.join(ROOT, 'l10n/bundle.l10n.json');
    const strings = l10nStrings(path.join(ROOT, 'src'));
    if (process.env['UPDATE']) fs.writeFileSync(file, `${JSON.stringify(Object.fromEntries(strings.map((string) => [string, string])), null, 2)}\n`);
    assert.deepEqual(Object.keys(JSON.parse(fs.readFileSync(file, 'utf8')) as object), strings);
  });

  it('are all there in German, with their placeholders', () => {
    const read = (name: string): Readonly<Record<string, string>> => JSON.parse(fs.readFileSync(path.join(ROOT, name), 'utf8')) as Readonly<Record<string, string>>;
    const german = read('l10n/bundle.l10n.de.json');
    assert.deepEqual(Object.keys(german).sort(), Object.keys(read('l10n/bundle.l10n.json')).sort());
    assert.deepEqual(Object.keys(read('package.nls.de.json')).sort(), Object.keys(read('package.nls.json')).sort());
    const placeholders = (words: string): string[] => (words.match(/\{\d+\}/g) ?? []).sort();
    for (const [english, translated] of Object.entries(german)) assert.deepEqual(placeholders(translated), placeholders(english), english);
  });

  it('of purposes name each once', () => {
    assert.equal(new Set(PURPOSES.map(({ id }) => id)).size, PURPOSES.length);
  });
});
