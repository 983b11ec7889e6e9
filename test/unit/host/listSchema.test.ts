import assert from 'node:assert/strict';
import fs from 'node:fs';
import { WRITE_FORMATS } from '../../../src/core/image';
import { parseList } from '../../../src/host/pictureList/parseList';

const schema = JSON.parse(fs.readFileSync('media/easel.schema.json', 'utf8')) as {
  properties: { pictures: { items: { required: string[]; properties: Record<string, { pattern?: string; enum?: string[] }> } } };
  definitions: { colour: { pattern: string } };
};
const { items } = schema.properties.pictures;

/** Whether the reader takes a list of one picture with these changes. */
function takes(change: Readonly<Record<string, unknown>>, style?: unknown): boolean {
  const entry = { name: 'a', prompt: 'x', size: '8x8', ...change };
  return parseList(JSON.stringify({ ...(style === undefined ? {} : { style }), pictures: [entry] })).faults.length === 0;
}

describe('the schema of easel.json', () => {
  it('names the keys and formats that the reader takes', () => {
    assert.deepEqual(Object.keys(items.properties).sort(), ['format', 'name', 'parent', 'prompt', 'size']);
    assert.deepEqual(items.properties['format']?.enum, WRITE_FORMATS);
    for (const key of items.required) assert.equal(takes({ [key]: undefined }), false);
    assert.equal(takes({ extra: 1 }), false);
    assert.equal(takes({}, { extra: 1 }), false);
  });

  it('refuses sizes, paths and colours as the reader does', () => {
    const matches = (pattern: string | undefined, text: string): boolean => new RegExp(pattern ?? '').test(text);
    for (const size of ['8x8', '1200x630', '0x8', '8X8', '8 x 8', '8', '-8x8', '8.5x8', '08x8', 'x', '']) assert.equal(takes({ size }), matches(items.properties['size']?.pattern, size), size);
    for (const name of ['a.png', 'a/b.png', '../a.png', '/a.png', '..', '..a/b.png', 'C:/a.png', '\\a.png']) assert.equal(takes({ name }), matches(items.properties['name']?.pattern, name), name);
    for (const colour of ['#fff', '#a1B2c3', '#ffff', 'red', 'css:a.css', 'css:a.css#--b', 'css:', 'theme', 'themes']) {
      assert.equal(takes({}, { palette: [colour] }), matches(schema.definitions.colour.pattern, colour), colour);
      assert.equal(takes({}, { palette: colour }), takes({}, { palette: [colour] }), colour);
    }
    assert.equal(takes({}, 'flat'), true);
  });
});
