import type { Shell } from '../../../shared/env-block.js';
import type { ConnectedTool, Copyable } from '../../../shared/ipc.js';
import { PROVIDERS } from '../../../shared/providers.js';
import { checksOfTool } from '../../../words/first-request.js';
import { formatAlternatives } from '../../../words/format.js';
import { t } from '../../../words/index.js';

/** Shells and what is copied for them, in words. */

/** Shells as opposed to files: what they set lasts where it was pasted. */
export function isShell(shell: Shell): boolean {
  return shell !== 'dotenv' && shell !== 'json';
}

/** How our variables begin: "OPENAI". */
const STARTS = [
  ...new Set(
    Object.values(PROVIDERS).flatMap(({ variables }) => variables.map(({ address }) => address.split('_', 1)[0])),
  ),
];

/** The command that shows which variables a shell has. */
const SHOW_VARIABLES: Partial<Record<Shell, string>> = {
  sh: `env | grep -E "${STARTS.join('|')}"`,
  fish: `env | grep -E "${STARTS.join('|')}"`,
  powershell: `Get-ChildItem env: | Where-Object Name -Match "${STARTS.join('|')}"`,
  cmd: `set | findstr "${STARTS.join(' ')}"`,
};

export interface ShellCheck {
  readonly question: string;
  /** Run it for the answer. */
  readonly command?: string;
}

/** What to check when no request came after something was copied or a tool connected. */
export function checksFor(what: Copyable | ConnectedTool): readonly ShellCheck[] {
  if (what.kind === 'tool') return checksOfTool(what.title).map((question) => ({ question }));
  if (what.kind === 'env' && isShell(what.shell)) {
    return [
      { question: t('app.connect.check.sameTerminal') },
      { question: t('app.connect.check.olderAddress'), command: SHOW_VARIABLES[what.shell] },
      {
        question: t('app.connect.check.fromDesktop'),
      },
    ];
  }
  if (what.kind === 'env' || what.kind === 'snippet') {
    return [
      { question: t('app.connect.check.saved') },
      { question: t('app.connect.check.olderVariable'), command: SHOW_VARIABLES.sh },
    ];
  }
  const endings = Object.values(PROVIDERS).map(({ basePaths }) => `\`${basePaths[0]}\``);
  return [
    { question: t('app.connect.check.both') },
    { question: t('app.connect.check.ending', { endings: formatAlternatives(endings) }) },
  ];
}
