import type { SimulatedPrice, SimulatedPrices } from '../prices.js';

const claude = (input: number, cacheRead: number, output: number): SimulatedPrice => ({
  ...{ input, cacheRead, cacheWrite: input * 1.25, output },
});

export const ANTHROPIC_PRICES: SimulatedPrices = [
  [/^claude-(?:fable|mythos)-5-1/, claude(10, 0.25, 50)],
  [/^claude-(?:fable|mythos)-5/, claude(10, 1, 50)],
  [/^claude-opus-5-5/, claude(4, 0.2, 20)],
  [/^claude-opus-(?:4-[5-8]|5)/, claude(5, 0.5, 25)],
  [/^claude-sonnet-5/, claude(2, 0.2, 10)],
  [/^claude-sonnet-4-6/, claude(3, 0.3, 15)],
  [/^claude-sonnet-4/, { ...claude(3, 0.3, 15), long: [200_001, 2, 1.5] }],
  [/^claude-haiku-4-5/, claude(1, 0.1, 5)],
];
