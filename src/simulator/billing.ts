import type { ProviderName } from '../shared/providers.js';
import type { Clock } from './clock.js';
import type { Delivery } from './delivery.js';
import { type BillLine, billLines, SIMULATED_SURCHARGE_RATE, type SimulatedPrices } from './prices.js';
import type { ReplyBill } from './reply.js';

/** A provider's own usage object beside what is billed for it: each token type counted once. */
export interface SimulatedUsage {
  readonly raw: unknown;
  readonly billed: Readonly<Record<string, number>>;
}

/** What was asked, and for whom. */
interface BilledRequest {
  readonly projectId: string;
  readonly providerName: ProviderName;
  readonly path: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** One answer, as billed. Amounts are in USD. */
export interface BilledExchange extends BilledRequest {
  /** Unix milliseconds by the service's clock. */
  readonly at: number;
  readonly model: string;
  readonly serviceTier?: string;
  /** As the provider reported it. */
  readonly usage: unknown;
  /** By token type, each counted once. */
  readonly lines: readonly BillLine[];
  readonly costUsd: number;
  readonly surchargeUsd: number;
  /** interrupted: the client left, or the answer broke, before its end; what had been made by then is billed. */
  readonly outcome: 'open' | 'complete' | 'interrupted';
}

/** An answer on its way is billed as planned. */
export interface OpenBill {
  /** To be called when it has ended: the input, and as much of the output as was made. */
  settle(delivery: Delivery): void;
}

export interface UsageRow {
  readonly provider: string;
  readonly model: string;
  readonly type: string;
  /** USD. */
  readonly total: number;
  /** Tokens, characters or minutes; none for the surcharge. */
  readonly quantity?: number;
  /** Start of the interval, ISO 8601, where one was asked for. */
  readonly start?: string;
}

export interface BilledUsageFilter {
  readonly projectId: string;
  readonly start?: number;
  readonly end?: number;
  readonly interval?: 'hour' | 'day' | 'month';
  readonly annotations?: Readonly<Record<string, string>>;
}

const MAX_KEPT = 20_000;

/** Remembers what was billed and reports it as the service does: by provider, model and type, surcharge apart. */
export class Billing {
  readonly exchanges: BilledExchange[] = [];

  constructor(private readonly clock: Clock) {}

  add(about: BilledRequest, bill: ReplyBill, prices: SimulatedPrices): OpenBill {
    const exchange: Writable<BilledExchange> = {
      at: this.clock.now(),
      ...about,
      model: bill.model,
      serviceTier: bill.serviceTier,
      usage: bill.usage.raw,
      ...amountsOf(bill, prices, 1),
      outcome: 'open',
    };
    this.exchanges.push(exchange);
    if (this.exchanges.length > MAX_KEPT) this.exchanges.shift();
    return {
      settle({ isWhole, generated }) {
        exchange.outcome = isWhole ? 'complete' : 'interrupted';
        if (generated < 1) Object.assign(exchange, amountsOf(bill, prices, generated));
      },
    };
  }

  report(filter: BilledUsageFilter): UsageRow[] {
    const rows = new Map<string, Writable<UsageRow>>();
    for (const exchange of this.exchanges) {
      if (!matches(exchange, filter)) continue;
      const start = filter.interval && intervalStart(exchange.at, filter.interval);
      const add = (type: string, total: number, quantity?: number) => {
        const key = [start, exchange.providerName, exchange.model, type].join('\n');
        const row = rows.get(key);
        if (row) {
          row.total += total;
          if (quantity !== undefined) row.quantity = (row.quantity ?? 0) + quantity;
          return;
        }
        const named = { provider: exchange.providerName, model: exchange.model, type, total };
        rows.set(key, { ...named, ...(quantity === undefined ? {} : { quantity }), ...(start ? { start } : {}) });
      };
      for (const { type, usd, quantity } of exchange.lines) add(type, usd, quantity);
      if (exchange.surchargeUsd > 0) add('llm_proxy_surcharge', exchange.surchargeUsd);
    }
    return [...rows.values()];
  }

  reset(): void {
    this.exchanges.length = 0;
  }

  /** USD spent in a project, surcharge included. */
  spent(projectId: string): number {
    let sum = 0;
    for (const exchange of this.exchanges) {
      if (exchange.projectId === projectId) sum += exchange.costUsd + exchange.surchargeUsd;
    }
    return sum;
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** With as much of the output as had been made; a token that was begun is one. */
function amountsOf({ model, usage, serviceTier }: ReplyBill, prices: SimulatedPrices, generated: number) {
  const quantities = Object.entries(usage.billed).map(
    ([type, quantity]) => [type, type.endsWith('output_tokens') ? Math.ceil(quantity * generated) : quantity] as const,
  );
  const lines = billLines(prices, model, Object.fromEntries(quantities), serviceTier);
  const costUsd = lines.reduce((sum, line) => sum + line.usd, 0);
  return { lines, costUsd, surchargeUsd: costUsd * SIMULATED_SURCHARGE_RATE };
}

function matches(exchange: BilledExchange, filter: BilledUsageFilter): boolean {
  if (exchange.projectId !== filter.projectId) return false;
  if (filter.start !== undefined && exchange.at < filter.start) return false;
  if (filter.end !== undefined && exchange.at >= filter.end) return false;
  return Object.entries(filter.annotations ?? {}).every(([name, value]) => exchange.annotations[name] === value);
}

/** Days and months of UTC. */
function intervalStart(at: number, interval: 'hour' | 'day' | 'month'): string {
  const iso = new Date(at).toISOString();
  if (interval === 'hour') return `${iso.slice(0, 13)}:00:00.000Z`;
  return interval === 'day' ? `${iso.slice(0, 10)}T00:00:00.000Z` : `${iso.slice(0, 7)}-01T00:00:00.000Z`;
}
