/** A strict reader of https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, version 0.0.4. */

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = { histogram: ['_bucket', '_sum', '_count'] };

/** The families of a whole answer by name; throws an Error with the line that breaks a rule. */
export function parsePrometheus(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = new Map<string, Family & { samples: Sample[] }>();
  const helps = new Map<string, string>();
  const series = new Set<string>();
  let current: (Family & { samples: Sample[] }) | undefined;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (keyword === 'HELP') {
      if (helps.has(name)) throw new Error(`A second HELP: ${line}`);
      helps.set(name, rest);
    } else if (keyword === 'TYPE') {
      if (families.has(name)) throw new Error(`A second TYPE: ${line}`);
      if (!/^(?:counter|gauge|histogram)$/.test(rest)) throw new Error(`No type: ${line}`);
      current = { name, type: rest, help: helps.get(name) ?? '', samples: [] };
      families.set(name, current);
    } else if (!line.startsWith('#')) {
      const sample = parseSample(line);
      const allowed = (SUFFIXES[current?.type ?? ''] ?? ['']).map((suffix) => `${current?.name}${suffix}`);
      if (!allowed.includes(sample.name)) throw new Error(`Not of the family above it: ${line}`);
      const key = seriesKey(sample);
      if (series.has(key)) throw new Error(`A second sample of one series: ${line}`);
      series.add(key);
      current?.samples.push(sample);
    }
  }
  for (const family of families.values()) checkValues(family);
  return families;
}

/** The sum over all series whose labels are as given; throws if there is no such family. */
export function sumOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Record<string, string> = {},
): number {
  const family = families.get(name.replace(/_(?:sum|count)$/, '')) ?? families.get(name);
  if (!family) throw new Error(`There is no ${name}.`);
  return family.samples
    .filter((sample) => sample.name === name && Object.entries(labels).every(([key, v]) => sample.labels[key] === v))
    .reduce((sum, { value }) => sum + value, 0);
}

function parseSample(line: string): Sample {
  const match = SAMPLE.exec(line);
  if (!match) throw new Error(`No sample: ${line}`);
  const [, name, labelText = '', number] = match as unknown as [string, string, string | undefined, string];
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < labelText.length) {
    const at = LABEL.lastIndex;
    const label = LABEL.exec(labelText);
    if (!label) throw new Error(`No label at ${at}: ${line}`);
    const [, key, value] = label as unknown as [string, string, string];
    if (key in labels) throw new Error(`The label ${key} twice: ${line}`);
    labels[key] = value.replace(/\\(.)/g, (_all, c: string) => (c === 'n' ? '\n' : c));
  }
  if (!/^(?:[+-]?Inf|NaN|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i.test(number)) throw new Error(`No number: ${line}`);
  return { name, labels, value: Number(number.replace(/Inf$/, 'Infinity')) };
}

function seriesKey({ name, labels }: Sample): string {
  return JSON.stringify([name, Object.entries(labels).sort()]);
}

function checkValues({ name, type, samples }: Family): void {
  if (type === 'counter' && (!name.endsWith('_total') || samples.some(({ value }) => !(value >= 0)))) {
    throw new Error(`${name} is no counter.`);
  }
  if (type !== 'histogram') return;
  const groups = new Map<string, { buckets: [bound: number, count: number][]; count?: number }>();
  for (const sample of samples) {
    const { le, ...labels } = sample.labels;
    const key = JSON.stringify(Object.entries(labels).sort());
    const group = groups.get(key) ?? { buckets: [] };
    groups.set(key, group);
    if (le !== undefined) group.buckets.push([Number(le.replace('Inf', 'Infinity')), sample.value]);
    else if (sample.name.endsWith('_count')) group.count = sample.value;
  }
  for (const { buckets, count } of groups.values()) {
    const rising = buckets.every(
      ([bound, n], i) => i === 0 || (bound > (buckets[i - 1]?.[0] ?? 0) && n >= (buckets[i - 1]?.[1] ?? 0)),
    );
    const last = buckets.at(-1);
    if (!rising || last?.[0] !== Number.POSITIVE_INFINITY || last[1] !== count) {
      throw new Error(`The buckets of ${name} do not add up.`);
    }
  }
}
