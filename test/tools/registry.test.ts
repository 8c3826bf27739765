import { expect, test } from 'vitest';
import { TOOL_IDS } from '../../src/shared/tools.js';
import { TOOLS } from '../../src/tools/registry.js';

test('every tool that a window may name is there, in the order of the list', () => {
  expect(TOOLS.map(({ id }) => id)).toEqual(TOOL_IDS);
});
