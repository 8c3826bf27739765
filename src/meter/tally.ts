import type { Endpoint } from '../providers/endpoints.js';
import type { UsageByModel } from '../providers/provider.js';
import { largestOf, sumOf } from '../providers/usage-fields.js';
import type { UsageGap } from '../shared/columns.js';
import type { RawUsage, TokenUsage } from '../shared/usage.js';
import type { DocumentFinding, ProviderError } from './finding.js';
import type { Calls } from './hosted-calls.js';

/** What of an endpoint decides how its answers are counted. */
export type CountedBy = Pick<Endpoint, 'usageOf' | 'usageByModel' | 'gapsOf' | 'hostedTools' | 'refusal' | 'stream'>;

/** What an exchange used, as far as its answer said. */
export interface Report {
  /** The model whose answer it is. */
  readonly model: string | undefined;
  readonly usage: TokenUsage | undefined;
  readonly usageByModel: RawUsage | undefined;
  readonly gaps: string | undefined;
  /** More was used than the counts say, or may have been. */
  readonly isPartial: boolean;
  /** It was refused before anything was said. */
  readonly isRefused: boolean;
}

/** What an exchange has said so far, put together from its findings. */
export class Tally {
  model: string | undefined;
  serviceTier: string | undefined;
  inferenceGeo: string | undefined;
  rawUsage: RawUsage | undefined;
  error: ProviderError | undefined;
  /** What an error answer of a shape that is not the provider's says. */
  message: string | undefined;
  /** How many reports of usage were added up. */
  ownReports = 0;
  private stopReason: string | undefined;
  private isEmpty: boolean | undefined;
  private isFlawed = false;
  private calls: Calls | undefined;
  /** What came last: totals that are in an order of their own with the turns they are the totals of. */
  private last: DocumentFinding | undefined;

  constructor(private readonly endpoint: CountedBy) {}

  add(finding: DocumentFinding): void {
    this.model = finding.model ?? this.model;
    this.serviceTier = finding.serviceTier ?? this.serviceTier;
    this.inferenceGeo = finding.inferenceGeo ?? this.inferenceGeo;
    this.error = finding.error ?? this.error;
    this.message = finding.message ?? this.message;
    this.stopReason = finding.stopReason ?? this.stopReason;
    this.isEmpty = finding.isEmpty || this.isEmpty;
    this.isFlawed ||= finding.usageIsFlawed === true;
    this.calls = finding.calls ?? this.calls;
    const { usage } = finding;
    if (usage === undefined) return;
    if (this.endpoint.stream.addsUp?.has(finding.type)) {
      this.ownReports += 1;
      this.rawUsage = sumOf(this.rawUsage, usage);
    } else this.rawUsage = largestOf(this.rawUsage, usage);
    this.last = finding;
  }

  report(): Report {
    const byModel = this.byModel();
    const usage = byModel ? byModel.usage : this.rawUsage && this.endpoint.usageOf(this.rawUsage);
    const gaps = this.gaps(byModel);
    return {
      model: byModel?.answeredBy ?? this.model,
      usage: usage && this.withCalls(usage),
      usageByModel: byModel?.byModel as RawUsage | undefined,
      gaps: gaps.length === 0 ? undefined : gaps.join(' '),
      isPartial: this.isFlawed || byModel?.isPartial === true,
      isRefused: this.isRefused(byModel),
    };
  }

  private byModel(): UsageByModel | undefined {
    const { usage, iterations } = this.last ?? {};
    if (usage === undefined || iterations === undefined) return undefined;
    return this.endpoint.usageByModel?.(usage, iterations, this.model);
  }

  private gaps(byModel: UsageByModel | undefined): readonly UsageGap[] {
    const gaps: UsageGap[] = [];
    if (this.isFlawed) gaps.push('bad_count');
    if (byModel?.isPartial) gaps.push('iterations');
    return this.rawUsage === undefined ? gaps : [...gaps, ...(this.endpoint.gapsOf?.(this.rawUsage) ?? [])];
  }

  /** Calls that are seen in the answer, where no counter says how many there were. */
  private withCalls(usage: TokenUsage): TokenUsage {
    const { hostedTools = {} } = this.endpoint;
    const seen: { -readonly [K in keyof TokenUsage]?: TokenUsage[K] } = {};
    for (const [kind, calls] of Object.entries(this.calls ?? {})) {
      const count = Object.hasOwn(hostedTools, kind) ? hostedTools[kind] : undefined;
      if (count === undefined || usage[count] !== undefined) continue;
      // Where code ran is said once, however often it did.
      seen[count] = kind === 'container' ? (seen[count] ?? calls) : (seen[count] ?? 0) + calls;
    }
    return this.calls === undefined ? usage : { ...usage, ...seen };
  }

  /** A stream doesn't show what it said, but counts it. */
  private isRefused(byModel: UsageByModel | undefined): boolean {
    const { refusal } = this.endpoint;
    if (refusal === undefined || this.stopReason !== refusal) return false;
    if (this.isEmpty) return true;
    return (byModel ? byModel.usage?.outputTokens : this.last?.usage?.output_tokens) === 0;
  }
}
