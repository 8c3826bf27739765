import { expect, test } from 'vitest';
import { editText } from '../../src/tools/formats/edit-text.js';
import { toml } from '../../src/tools/formats/toml.js';
import { yaml } from '../../src/tools/formats/yaml.js';

test('TOML: a comment inside a list is not the end of its table', () => {
  const text = '[a]\nenv = ["a",\n  "b", # one\n]\n';
  const edited = editText(toml, text, [{ path: ['a', 'name'], value: 'Meshbar' }]);
  expect(edited).toBe(`${text}name = "Meshbar"\n`);
  expect(editText(toml, edited, [{ path: ['a', 'name'], value: undefined }])).toBe(text);
});

test('YAML: an empty value is at its colon, before the comments of the next key', () => {
  const text = 'key:\n# of the base\nbase: {a: 1}\n';
  expect(editText(yaml, text, [{ path: ['key'], value: 'k' }])).toBe('key: k\n# of the base\nbase: {a: 1}\n');
  expect(editText(yaml, text, [{ path: ['key', { item: 'k' }], value: 'k' }])).toBe(
    'key:\n  - k\n# of the base\nbase: {a: 1}\n',
  );
  expect(editText(yaml, 'a: 1\nkey:\n# of the base\nbase: 2\n', [{ path: ['key'], value: undefined }])).toBe(
    'a: 1\n# of the base\nbase: 2\n',
  );
});
