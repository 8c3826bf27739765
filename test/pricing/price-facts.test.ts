import { describe, expect, it } from 'vitest';
import { pricingOf } from '../../src/pricing/pricing.js';
import { priceListVersion } from '../../src/pricing/public-list.js';
import { exchangeRecord } from '../helpers/exchange-record.js';
import { FACTS, type Fact, MESHAGENT, providerOfModel } from './price-facts.js';

const AUTUMN_2026 = Date.parse('2026-11-01T12:00:00Z');

function pricingOfFact([model, , usage, fields]: Fact) {
  const providerName = providerOfModel(model);
  return pricingOf(
    exchangeRecord(1, {
      startedAt: AUTUMN_2026,
      providerName,
      requestModel: model,
      responseModel: model,
      usage,
      ...fields,
    }),
  );
}

/** A twentieth; a half goes to the even neighbour. */
function surchargeOf(nanoUsd: number): number {
  const whole = Math.floor(nanoUsd / 20);
  const rest = nanoUsd % 20;
  return rest > 10 || (rest === 10 && whole % 2 === 1) ? whole + 1 : whole;
}

/** "1000 × 2.5 + 10 × 15" in nano-USD. */
function worked(working: string): number {
  const products = working.split(' + ').map((part) => part.split(' × ').map(Number));
  return (
    products.reduce((sum, [count = Number.NaN, usd = Number.NaN]) => sum + count * Math.round(usd * 1e6), 0) / 1000
  );
}

describe('what current models cost, to the billionth of a dollar', () => {
  it.each(FACTS)('%s: %s %j %j', (...fact) => {
    const [, , , , costNanoUsd, source] = fact;
    expect(pricingOfFact(fact)).toMatchObject({
      standing: 'measured',
      cost: {
        costNanoUsd,
        surchargeNanoUsd: surchargeOf(costNanoUsd),
        priceListVersion: source === MESHAGENT ? 'MeshAgent prices of 2026-10-01' : priceListVersion(),
      },
    });
  });

  it('is what the working in the table comes to', () => {
    for (const [model, shows, , , costNanoUsd, , working] of FACTS) {
      expect([model, shows, Math.abs(worked(working) - costNanoUsd) <= 0.5]).toEqual([model, shows, true]);
    }
    expect(FACTS.length).toBeGreaterThan(150);
  });
});
