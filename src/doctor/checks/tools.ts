import type { FindingStatus } from '../../shared/doctor.js';
import type { ToolState } from '../../shared/tools.js';
import { createReceipts } from '../../tools/files/receipts.js';
import { type InspectedFile, inspectFiles } from '../../tools/inspect-files.js';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf, saying } from '../check.js';
import type { Facts } from '../facts.js';
import { shownOrigin } from '../shown-address.js';

const found = findingsOf('tools');

/** Whether the tools that have settings of their own still lead here. */
export const toolsCheck: Check = { name: 'tools', run };

type Status = Exclude<ToolState['status'], 'by-hand'>;

/** Its status, and the second half of its id, which is also its name among the words. */
const JUDGEMENTS = {
  connected: ['ok', 'connected'],
  'not-connected': ['note', 'unconnected'],
  elsewhere: ['note', 'elsewhere'],
  'old-address': ['problem', 'old_address'],
  'wrong-path': ['problem', 'wrong_path'],
  'stale-key': ['problem', 'wrong_key'],
  incomplete: ['note', 'incomplete'],
  changed: ['note', 'changed'],
  unreadable: ['warning', 'unreadable'],
} as const satisfies Record<Status, readonly [FindingStatus, string]>;

async function run(facts: Facts): Promise<Found[]> {
  const { env, homedir, platform, paths, isShell, cwd } = facts.context;
  const context = { env, homedir, platform, receipts: createReceipts(paths.home) };
  const files = await inspectFiles(context, await facts.expected(), isShell ? cwd : undefined);
  return files.flatMap((file) => (file.state.status === 'by-hand' ? [] : [judge(file, file.state.status)]));
}

function judge({ id, title: tool, file, isProjects, state }: InspectedFile, which: Status): Found {
  const [status, what] = JUDGEMENTS[which];
  const remark = remarkOf(state);
  const command = `meshbar connect ${id}`;
  const remedy = isProjects
    ? { text: say('doctor.tools.projects') }
    : state.status === 'changed'
      ? { text: say('doctor.tools.asWritten'), command: `${command} --force` }
      : { text: say('doctor.tools.connect'), command };
  return found[status](what, {
    title: say(`doctor.tools.${what}`, { tool }),
    ...(what === 'connected' ? {} : { meaning: say(`doctor.tools.${what}.meaning`) }),
    ...(what === 'connected' || what === 'unreadable' ? {} : { remedy }),
    details: [file, ...(remark ? [remark] : [])],
  });
}

function remarkOf(state: ToolState): Message | undefined {
  switch (state.status) {
    case 'incomplete':
      return say('doctor.tools.lacks', { keys: state.missing.join(', ') });
    case 'changed':
      return say('doctor.tools.changedKeys', { keys: state.keys.join(', ') });
    case 'elsewhere':
    case 'old-address':
    case 'wrong-path':
      return say('doctor.tools.leadsTo', { address: shownTarget(state.address) });
    case 'unreadable':
      return saying(state.reason);
    default:
      return undefined;
  }
}

/** "http://… (provider x)", "provider x": without what an address may hold besides. */
function shownTarget(address: string): string {
  const [start = '', ...rest] = address.split(' ');
  return URL.canParse(start) ? [shownOrigin(new URL(start)), ...rest].join(' ') : address;
}
