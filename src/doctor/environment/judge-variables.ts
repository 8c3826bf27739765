import type { FindingStatus } from '../../shared/doctor.js';
import { baseUrlOf, PROVIDER_NAMES, PROVIDERS, type ProviderName, type ShownProvider } from '../../shared/providers.js';
import { shownAddress } from '../../shared/shown-address.js';
import {
  CLAUDE_ADDRESS,
  CLAUDE_KEY,
  CLAUDE_PROVIDER,
  CLAUDE_TOKEN,
  CLOUD_SWITCHES,
} from '../../tools/adapters/claude-code.js';
import { pointingOf } from '../../tools/pointing.js';

/** What variables would make a tool do, compared with what Meshbar needs. Pure; values of keys never come out. */

export interface Issue {
  readonly what: string;
  readonly status: Extract<FindingStatus, 'problem' | 'warning' | 'note'>;
  readonly variable: string;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

/** What they are compared with. */
export interface Standard {
  /** The proxy's own address. */
  readonly url: string;
  /** Any key will do. */
  readonly insecure: boolean;
  /** Whether the proxy takes a key; undefined: it can't be told. */
  takes(key: string): boolean | undefined;
}

export type Variables = ReadonlyMap<string, string>;

/** What is looked at of one provider. */
interface Names {
  readonly provider: ProviderName;
  readonly who: string;
  readonly pairs: ShownProvider['variables'];
  readonly strangers: readonly string[];
}

const NAMES: readonly Names[] = PROVIDER_NAMES.map((provider) => {
  const { title: who, variables: pairs, strangers } = PROVIDERS[provider];
  return { provider, who, pairs, strangers };
});

/** Those that hold a key. */
export const KEYS: readonly string[] = PROVIDER_NAMES.flatMap((name) => {
  const { variables, otherKeys } = PROVIDERS[name];
  return [...variables.map(({ key }) => key), ...otherKeys];
});

/** Every variable that is looked at. */
export const WATCHED: readonly string[] = [
  ...NAMES.flatMap((names) => [...addressesOf(names), ...names.strangers]),
  ...KEYS,
  ...CLOUD_SWITCHES,
];

function addressesOf({ pairs }: Names): readonly string[] {
  return pairs.flatMap(addressesOfPair);
}

function addressesOfPair({ address, otherAddress }: Names['pairs'][number]): string[] {
  return otherAddress === undefined ? [address] : [address, otherAddress];
}

/** What is wrong with a tool's whole environment; the issues name the variable that each is about. */
export function judgeVariables(variables: Variables, expected: Standard): Issue[] {
  return [...NAMES.flatMap((names) => judgeProvider(names, variables, expected)), ...judgeClaude(variables, expected)];
}

/** Whether tools of any provider are sent to the proxy. */
export function leadsToUs(variables: Variables, expected: Standard): boolean {
  return NAMES.some((names) => addressesOf(names).some((name) => isOurs(names, name, variables, expected)));
}

function isOurs({ provider }: Names, variable: string, variables: Variables, { url }: Standard): boolean {
  return pointingOf(variables.get(variable) ?? '', provider, url) === 'ours';
}

function judgeProvider(names: Names, variables: Variables, expected: Standard): Issue[] {
  const set = addressesOf(names).filter((name) => variables.has(name));
  const addresses = set.flatMap((name) => judgeAddress(names, name, variables.get(name) ?? '', expected) ?? []);
  const keys = names.pairs.flatMap((pair) => judgeKey(names, pair, variables, expected) ?? []);
  const leadsHere = set.some((name) => isOurs(names, name, variables, expected));
  const strangers = names.strangers.filter((name) => leadsHere && variables.get(name));
  return [...addresses, ...keys, ...strangers.map((name) => strangerIssue(names, name))];
}

function judgeAddress({ provider, who }: Names, variable: string, value: string, { url }: Standard): Issue | undefined {
  const right = baseUrlOf(provider, url);
  const remedy = `Set ${variable} to ${right}.`;
  switch (pointingOf(value, provider, url)) {
    case 'ours':
      return undefined;
    case 'wrong_path':
      return {
        what: 'wrong_path',
        status: 'problem',
        variable,
        title: `${variable} leads to Meshbar, but to a path that it does not answer.`,
        meaning: 'Every request of the tool is refused with status 400.',
        remedy,
      };
    case 'old':
      return {
        what: 'old_address',
        status: 'problem',
        variable,
        title: `${variable} leads to ${shownAddress(value)}, where this Meshbar is not.`,
        meaning: `It was set for another run: Meshbar's address is ${url}.`,
        remedy,
      };
    case 'invalid':
      return {
        what: 'invalid_address',
        status: 'problem',
        variable,
        title: `${variable} is set to something that is no URL.`,
        meaning: `${who} tools fail before they send anything.`,
        remedy,
      };
    case 'elsewhere':
      return {
        what: 'other_address',
        status: 'warning',
        variable,
        title: `${variable} leads to ${shownAddress(value)}, past Meshbar.`,
        meaning: `${who} tools go there: nothing of it is counted, and it is not billed to your project.`,
        remedy: `If they are to use Meshbar, set ${variable} to ${right}.`,
      };
  }
}

function judgeKey(
  names: Names,
  pair: Names['pairs'][number],
  variables: Variables,
  expected: Standard,
): Issue | undefined {
  const { who, provider } = names;
  const { address, key: variable } = pair;
  const set = addressesOfPair(pair).filter((name) => variables.has(name));
  const key = variables.get(variable);
  const leadsHere = set.some((name) => isOurs(names, name, variables, expected));
  const taken = key === undefined || expected.insecure ? undefined : expected.takes(key);
  if (leadsHere && key === undefined) {
    return {
      what: 'no_key',
      status: 'warning',
      variable,
      title: `${address} leads to Meshbar, but ${variable} is not set.`,
      meaning: 'Tools that have no key from elsewhere are refused with status 401, or do not start.',
      remedy: `Set ${variable} to the local key.`,
    };
  }
  if (leadsHere && taken === false) {
    return {
      what: 'other_key',
      status: 'problem',
      variable,
      title: `${variable} is not a key that Meshbar takes.`,
      meaning: 'An old local key, or a key of another service: requests are refused with status 401.',
      remedy: `Set ${variable} to the local key.`,
    };
  }
  if (set.length === 0 && taken === true) {
    return {
      what: 'no_address',
      status: 'problem',
      variable,
      title: `${variable} is a key of Meshbar, but ${address} is not set.`,
      meaning: `Tools send that key to ${who} itself, which refuses it.`,
      remedy: `Set ${address} to ${baseUrlOf(provider, expected.url)}.`,
    };
  }
  return undefined;
}

function strangerIssue({ who }: Names, variable: string): Issue {
  return {
    what: 'organization',
    status: 'warning',
    variable,
    title: `${variable} is sent along with each request, and MeshAgent's own account is not in it.`,
    meaning: `${who} refuses a request that names an organization or project of somebody else.`,
    remedy: `Remove ${variable} where tools use Meshbar.`,
  };
}

/** What sends Claude Code elsewhere though its address is right. */
function judgeClaude(variables: Variables, expected: Standard): Issue[] {
  const issues: Issue[] = [];
  if (pointingOf(variables.get(CLAUDE_ADDRESS) ?? '', CLAUDE_PROVIDER, expected.url) !== 'ours') return issues;
  const authToken = variables.get(CLAUDE_TOKEN);
  if (authToken !== undefined && !expected.insecure && expected.takes(authToken) === false) {
    issues.push({
      what: 'auth_token',
      status: 'warning',
      variable: CLAUDE_TOKEN,
      title: `${CLAUDE_TOKEN} is set, and is not a key that Meshbar takes.`,
      meaning: `Claude Code takes it instead of ${CLAUDE_KEY} and is refused with status 401.`,
      remedy: `Remove ${CLAUDE_TOKEN}.`,
    });
  }
  for (const variable of CLOUD_SWITCHES) {
    const value = variables.get(variable);
    if (value === undefined || /^(?:0|false|no|off)?$/i.test(value)) continue;
    issues.push({
      what: 'claude_cloud',
      status: 'warning',
      variable,
      title: `${variable} is set: Claude Code goes to that cloud, past Meshbar.`,
      meaning: `${CLAUDE_ADDRESS} has no effect on it.`,
      remedy: `If Claude Code is to use Meshbar, remove ${variable}.`,
    });
  }
  return issues;
}
