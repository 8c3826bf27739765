import type { SimulatedPrice, SimulatedPrices } from '../prices.js';

const FLEX_AND_PRIORITY = { flex: 0.5, priority: 2, fast: 2 };
const LONG = [272_001, 2, 1.5] as const;

const gpt = (
  input: number,
  cacheRead: number,
  output: number,
  tiers: SimulatedPrice['tiers'] = FLEX_AND_PRIORITY,
): SimulatedPrice => ({
  ...{ input, cacheRead, cacheWrite: input * 1.25, output },
  ...{ tiers, long: LONG },
});

const older = (input: number, cacheRead: number, output: number, priority?: number): SimulatedPrice => ({
  ...{ input, cacheRead, output },
  tiers: priority === undefined ? { flex: 0.5 } : { flex: 0.5, priority, fast: priority },
});

export const OPENAI_PRICES: SimulatedPrices = [
  [/^gpt-6-astra/, gpt(10, 1, 50, { ...FLEX_AND_PRIORITY, ultrafast: 6 })],
  [/^gpt-6-sol/, gpt(2, 0.2, 10)],
  [/^gpt-6\.1-sol/, gpt(2, 0.1, 10)],
  [/^gpt-6-luna/, { ...gpt(0.1, 0.01, 0.5), decisions: 0.1 }],
  [/^gpt-5\.6-terra/, gpt(2, 0.2, 12)],
  [/^gpt-5\.6-luna/, gpt(0.2, 0.02, 1.2)],
  [/^gpt-5\.6(?:-sol|$)/, gpt(4, 0.4, 20)],
  [/^gpt-5\.5(?!-)/, { ...older(5, 0.5, 30, 2.5), long: LONG }],
  [/^gpt-5\.4-nano/, older(0.2, 0.02, 1.25)],
  [/^gpt-5\.4-mini/, older(0.75, 0.075, 4.5, 2)],
  [/^gpt-5\.4/, { ...older(2.5, 0.25, 15, 2), long: LONG }],
  [/^gpt-4\.1-mini/, older(0.4, 0.1, 1.6, 1.75)],
  [/^gpt-4o-mini/, older(0.15, 0.075, 0.6)],
  [/^text-embedding-3-small/, older(0.02, 0.02, 0)],
  [/^text-embedding-3-large/, older(0.13, 0.13, 0)],
  [/^gpt-realtime/, older(4, 0.4, 16)],
];
