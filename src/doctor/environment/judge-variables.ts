import type { FindingStatus } from '../../shared/doctor.js';
import { shownAddress } from '../../shared/shown-address.js';
import { type Api, baseUrlFor, pointingOf } from '../../tools/pointing.js';

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

interface Names {
  readonly api: Api;
  readonly who: string;
  /** The first is what tools read today; the others are older names that some still prefer. */
  readonly bases: readonly string[];
  readonly key: string;
  /** Fields that the tool sends along, which name something at the provider that MeshAgent does not know. */
  readonly strangers: readonly string[];
}

const OPENAI: Names = {
  api: 'openai',
  who: 'OpenAI',
  bases: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
  key: 'OPENAI_API_KEY',
  strangers: ['OPENAI_ORG_ID', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT_ID'],
};
const ANTHROPIC: Names = {
  api: 'anthropic',
  who: 'Anthropic',
  bases: ['ANTHROPIC_BASE_URL'],
  key: 'ANTHROPIC_API_KEY',
  strangers: [],
};
/** Claude Code then goes to that cloud, whatever ANTHROPIC_BASE_URL says (its documentation on third-party providers). */
const CLOUDS = ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'];

/** Those that hold a key. */
export const KEYS: readonly string[] = [OPENAI.key, ANTHROPIC.key, 'ANTHROPIC_AUTH_TOKEN'];

/** Every variable that is looked at. */
export const WATCHED: readonly string[] = [
  ...[OPENAI, ANTHROPIC].flatMap(({ bases, key, strangers }) => [...bases, key, ...strangers]),
  'ANTHROPIC_AUTH_TOKEN',
  ...CLOUDS,
];

/** What is wrong with a tool's whole environment; the issues name the variable that each is about. */
export function judgeVariables(variables: Variables, expected: Standard): Issue[] {
  return [
    ...judgeApi(OPENAI, variables, expected),
    ...judgeApi(ANTHROPIC, variables, expected),
    ...judgeClaude(variables, expected),
  ];
}

/** Whether tools of either API are sent to the proxy. */
export function leadsToUs(variables: Variables, expected: Standard): boolean {
  return [OPENAI, ANTHROPIC].some(({ api, bases }) =>
    bases.some((name) => pointingOf(variables.get(name) ?? '', api, expected.url) === 'ours'),
  );
}

function judgeApi(names: Names, variables: Variables, expected: Standard): Issue[] {
  const set = names.bases.filter((name) => variables.has(name));
  const addresses = set.flatMap((name) => judgeAddress(names, name, variables.get(name) ?? '', expected) ?? []);
  const key = judgeKey(names, set, variables, expected);
  const isOurs = set.some((name) => pointingOf(variables.get(name) ?? '', names.api, expected.url) === 'ours');
  const strangers = names.strangers.filter((name) => isOurs && variables.get(name)).map(strangerIssue);
  return [...addresses, ...(key ? [key] : []), ...strangers];
}

function judgeAddress({ api, who }: Names, variable: string, value: string, { url }: Standard): Issue | undefined {
  const right = baseUrlFor(api, url);
  const remedy = `Set ${variable} to ${right}.`;
  switch (pointingOf(value, api, url)) {
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

function judgeKey(names: Names, set: readonly string[], variables: Variables, expected: Standard): Issue | undefined {
  const { who, api, bases, key: variable } = names;
  const key = variables.get(variable);
  const isOurs = set.some((name) => pointingOf(variables.get(name) ?? '', api, expected.url) === 'ours');
  const taken = key === undefined || expected.insecure ? undefined : expected.takes(key);
  if (isOurs && key === undefined) {
    return {
      what: 'no_key',
      status: 'warning',
      variable,
      title: `${bases[0]} leads to Meshbar, but ${variable} is not set.`,
      meaning: 'Tools that have no key from elsewhere are refused with status 401, or do not start.',
      remedy: `Set ${variable} to the local key.`,
    };
  }
  if (isOurs && taken === false) {
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
      title: `${variable} is a key of Meshbar, but ${bases[0]} is not set.`,
      meaning: `Tools send that key to ${who} itself, which refuses it.`,
      remedy: `Set ${bases[0]} to ${baseUrlFor(api, expected.url)}.`,
    };
  }
  return undefined;
}

function strangerIssue(variable: string): Issue {
  return {
    what: 'organization',
    status: 'warning',
    variable,
    title: `${variable} is sent along with each request, and MeshAgent's own account is not in it.`,
    meaning: 'OpenAI refuses a request that names an organization or project of somebody else.',
    remedy: `Remove ${variable} where tools use Meshbar.`,
  };
}

function judgeClaude(variables: Variables, expected: Standard): Issue[] {
  const issues: Issue[] = [];
  const isOurs = pointingOf(variables.get('ANTHROPIC_BASE_URL') ?? '', 'anthropic', expected.url) === 'ours';
  if (!isOurs) return issues;
  const authToken = variables.get('ANTHROPIC_AUTH_TOKEN');
  if (authToken !== undefined && !expected.insecure && expected.takes(authToken) === false) {
    issues.push({
      what: 'auth_token',
      status: 'warning',
      variable: 'ANTHROPIC_AUTH_TOKEN',
      title: 'ANTHROPIC_AUTH_TOKEN is set, and is not a key that Meshbar takes.',
      meaning: 'Claude Code takes it instead of ANTHROPIC_API_KEY and is refused with status 401.',
      remedy: 'Remove ANTHROPIC_AUTH_TOKEN.',
    });
  }
  for (const variable of CLOUDS) {
    const value = variables.get(variable);
    if (value === undefined || /^(?:0|false|no|off)?$/i.test(value)) continue;
    issues.push({
      what: 'claude_cloud',
      status: 'warning',
      variable,
      title: `${variable} is set: Claude Code goes to that cloud, past Meshbar.`,
      meaning: 'ANTHROPIC_BASE_URL has no effect on it.',
      remedy: `If Claude Code is to use Meshbar, remove ${variable}.`,
    });
  }
  return issues;
}
