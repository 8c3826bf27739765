import type { Finding, FindingStatus } from '../../shared/doctor.js';
import type { ToolStanding } from '../../tools/tool-standing.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';

const found = findingsOf('tools');

/** Whether the tools that have settings of their own still lead here. */
export const toolsCheck: Check = { name: 'tools', subject: "the tools' own settings", run };

const JUDGEMENTS: Readonly<Record<ToolStanding['standing'], readonly [FindingStatus, string, string?]>> = {
  connected: ['ok', 'is connected to Meshbar by its own settings.'],
  unconnected: [
    'note',
    'is not connected to Meshbar by its own settings.',
    'What it does depends on the variables of the shell it starts in.',
  ],
  elsewhere: ['note', 'goes past Meshbar: its own settings name another address.', 'Nothing of it is counted.'],
  old_address: [
    'problem',
    'is set up for a Meshbar at another address.',
    'Its requests fail, or reach another program.',
  ],
  wrong_path: [
    'problem',
    'is set up for a path that Meshbar does not answer.',
    'Its requests are refused with status 400.',
  ],
  wrong_key: [
    'problem',
    'is set up with a key that Meshbar does not take.',
    'Its requests are refused with status 401.',
  ],
  incomplete: [
    'note',
    'leads to Meshbar by settings that are not all as Meshbar writes them.',
    'It works where the rest comes from elsewhere, such as a key from a variable.',
  ],
  changed: [
    'note',
    'had been connected, and its settings have been changed by hand since.',
    'They count, not what Meshbar wrote.',
  ],
  unreadable: ['warning', "has settings that can't be read.", 'The tool itself may complain, or go on without them.'],
};

async function run(facts: Facts): Promise<Finding[]> {
  const states = await facts.context.toolConfigs.inspect(await facts.expected());
  return states.map((state) => {
    const [status, says, meaning] = JUDGEMENTS[state.standing];
    return found[status](state.standing, {
      title: `${state.name} ${says}`,
      ...(meaning === undefined ? {} : { meaning }),
      ...(state.remedy ? { remedy: state.remedy } : {}),
      details: [state.file, ...(state.remark === undefined ? [] : [state.remark])],
    });
  });
}
