import type { FindingStatus } from '../../shared/doctor.js';
import { baseUrlOf, PROVIDER_NAMES, PROVIDERS, type ProviderName, type ShownProvider } from '../../shared/providers.js';
import {
  CLAUDE_ADDRESS,
  CLAUDE_KEY,
  CLAUDE_PROVIDER,
  CLAUDE_TOKEN,
  CLOUD_SWITCHES,
} from '../../tools/adapters/claude-code.js';
import { pointingOf } from '../../tools/pointing.js';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { shownAddress } from '../shown-address.js';

/** What variables would make a tool do, compared with what Meshbar needs. Pure; values of keys never come out. */

export interface Issue {
  readonly what: string;
  readonly status: Extract<FindingStatus, 'problem' | 'warning' | 'note'>;
  readonly variable: string;
  readonly title: Message;
  readonly meaning: Message;
  readonly remedy: Message;
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
  const remedy: Message = say('doctor.environment.setTo', { variable, value: right });
  switch (pointingOf(value, provider, url)) {
    case 'ours':
      return undefined;
    case 'wrong_path':
      return {
        what: 'wrong_path',
        status: 'problem',
        variable,
        title: say('doctor.environment.wrongPath', { variable }),
        meaning: say('doctor.environment.wrongPathMeaning'),
        remedy,
      };
    case 'old':
      return {
        what: 'old_address',
        status: 'problem',
        variable,
        title: say('doctor.environment.oldAddress', { variable, address: shownAddress(value) }),
        meaning: say('doctor.environment.oldAddressMeaning', { url }),
        remedy,
      };
    case 'invalid':
      return {
        what: 'invalid_address',
        status: 'problem',
        variable,
        title: say('doctor.environment.invalidAddress', { variable }),
        meaning: say('doctor.environment.invalidAddressMeaning', { who }),
        remedy,
      };
    case 'elsewhere':
      return {
        what: 'other_address',
        status: 'warning',
        variable,
        title: say('doctor.environment.otherAddress', { variable, address: shownAddress(value) }),
        meaning: say('doctor.environment.otherAddressMeaning', { who }),
        remedy: say('doctor.environment.setToForMeshbar', { variable, value: right }),
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
      title: say('doctor.environment.noKey', { address, variable }),
      meaning: say('doctor.environment.noKeyMeaning'),
      remedy: say('doctor.environment.setToKey', { variable }),
    };
  }
  if (leadsHere && taken === false) {
    return {
      what: 'other_key',
      status: 'problem',
      variable,
      title: say('doctor.environment.otherKey', { variable }),
      meaning: say('doctor.environment.otherKeyMeaning'),
      remedy: say('doctor.environment.setToKey', { variable }),
    };
  }
  if (set.length === 0 && taken === true) {
    return {
      what: 'no_address',
      status: 'problem',
      variable,
      title: say('doctor.environment.noAddress', { variable, address }),
      meaning: say('doctor.environment.noAddressMeaning', { who }),
      remedy: say('doctor.environment.setTo', { variable: address, value: baseUrlOf(provider, expected.url) }),
    };
  }
  return undefined;
}

function strangerIssue({ who }: Names, variable: string): Issue {
  return {
    what: 'organization',
    status: 'warning',
    variable,
    title: say('doctor.environment.organization', { variable }),
    meaning: say('doctor.environment.organizationMeaning', { who }),
    remedy: say('doctor.environment.organizationRemedy', { variable }),
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
      title: say('doctor.environment.authToken', { variable: CLAUDE_TOKEN }),
      meaning: say('doctor.environment.authTokenMeaning', { variable: CLAUDE_KEY }),
      remedy: say('doctor.environment.remove', { variable: CLAUDE_TOKEN }),
    });
  }
  for (const variable of CLOUD_SWITCHES) {
    const value = variables.get(variable);
    if (value === undefined || /^(?:0|false|no|off)?$/i.test(value)) continue;
    issues.push({
      what: 'claude_cloud',
      status: 'warning',
      variable,
      title: say('doctor.environment.claudeCloud', { variable }),
      meaning: say('doctor.environment.claudeCloudMeaning', { variable: CLAUDE_ADDRESS }),
      remedy: say('doctor.environment.claudeCloudRemedy', { variable }),
    });
  }
  return issues;
}
