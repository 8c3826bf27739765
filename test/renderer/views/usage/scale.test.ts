import { expect, test } from 'vitest';
import { scaleOf } from '../../../../src/renderer/views/usage/scale.js';

const labels = (...[metric, highest]: Parameters<typeof scaleOf>) => {
  const { ticks, format } = scaleOf(metric, highest);
  return ticks.map(format);
};

test('the lines of a scale are round and reach the highest bar', () => {
  expect(labels('cost', 2.9e9)).toEqual(['$0', '$1', '$2', '$3']);
  expect(labels('requests', 26)).toEqual(['0', '10', '20', '30']);
  expect(labels('requests', 1300)).toEqual(['0', '500', '1,000', '1,500']);
  expect(labels('tokens', 2_900_000)).toEqual(['0 M', '1 M', '2 M', '3 M']);
});

test('all of them have the same number of digits', () => {
  expect(labels('cost', 14e6)).toEqual(['$0.000', '$0.005', '$0.010', '$0.015']);
  expect(labels('cost', 1.1e8)).toEqual(['$0.00', '$0.05', '$0.10', '$0.15']);
  expect(labels('cost', 6.5e9)).toEqual(['$0.00', '$2.50', '$5.00', '$7.50']);
  expect(labels('cost', 7e4)).toEqual(['$0.000000', '$0.000025', '$0.000050', '$0.000075']);
  expect(labels('tokens', 1_400_000)).toEqual(['0.0 M', '0.5 M', '1.0 M', '1.5 M']);
});

test('counts have no lines between whole numbers', () => {
  expect(labels('errors', 1)).toEqual(['0', '1']);
  expect(labels('requests', 2)).toEqual(['0', '1', '2']);
  expect(labels('requests', 7)).toEqual(['0', '5', '10']);
  expect(labels('tokens', 4)).toEqual(['0', '2', '4']);
});

test('a chart with nothing in it has a scale too', () => {
  expect(labels('cost', 0)).toEqual(['$0.00', '$0.50', '$1.00']);
  expect(labels('tokens', 0)).toEqual(['0.0 k', '0.5 k', '1.0 k']);
  expect(labels('requests', 0)).toEqual(['0', '1', '2', '3']);
});
