import { expect, test } from 'vitest';
import { TOOLS } from '../../src/connect/registry.js';
import { TOOL_IDS } from '../../src/shared/tools.js';

test('every tool that a window may name is there, in the order of the list', () => {
  expect(TOOLS.map(({ id }) => id)).toEqual(TOOL_IDS);
});
