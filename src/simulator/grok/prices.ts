import type { SimulatedPrice, SimulatedPrices } from '../prices.js';

const grok = (input: number, cacheRead: number, output: number): SimulatedPrice => ({
  ...{ input, cacheRead, output },
  ...{ tiers: { priority: 2, fast: 2 }, long: [200_000, 2, 2] },
});

export const GROK_PRICES: SimulatedPrices = [
  [/^grok-4\.6/, grok(2, 0.5, 6)],
  [/^grok-4\.5/, grok(2, 0.3, 6)],
  [/^grok-build-0\.1/, grok(1, 0.2, 2)],
  [/^grok-4\.(?:3|20-)/, grok(1.25, 0.2, 2.5)],
];
