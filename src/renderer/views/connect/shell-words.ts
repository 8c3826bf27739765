import type { Shell } from '../../../shared/env-block.js';
import { checksOfTool } from '../../../shared/first-request.js';
import type { ConnectedTool, Copyable } from '../../../shared/ipc.js';
import { PROVIDERS } from '../../../shared/providers.js';

/** What a person is told about shells and about copied texts. Pure. */

/** Where the block goes, and how long it holds. */
export const USE_OF: Readonly<Record<Shell, string>> = {
  sh: 'Paste it into a terminal and start your tool there. To have it in every new one, put it into ~/.zshrc or ~/.bashrc.',
  fish: 'Paste it into a terminal and start your tool there. To have it in every new one, put it into ~/.config/fish/config.fish.',
  powershell:
    'Paste it into a terminal and start your tool there. To have it in every new one, put it into the file $PROFILE.',
  cmd: 'Paste it into a Command Prompt and start your tool there. It holds for that window.',
  dotenv: 'Save it as .env where your tool or project reads one. It holds the key: do not commit it.',
  json: 'For settings that take variables as JSON, such as an editor’s for its terminal.',
};

/** Shells as opposed to files: what they set holds where it was pasted. */
export function isShell(shell: Shell): boolean {
  return shell !== 'dotenv' && shell !== 'json';
}

/** How our variables begin: "OPENAI". */
const STARTS = [
  ...new Set(
    Object.values(PROVIDERS).flatMap(({ variables }) => variables.map(({ address }) => address.split('_', 1)[0])),
  ),
];

/** "/openai/v1 or /anthropic". */
const ENDS = Object.values(PROVIDERS)
  .map(({ basePaths }) => basePaths[0])
  .join(' or ');

/** The command that shows which variables a shell has. */
const SHOW_VARIABLES: Partial<Record<Shell, string>> = {
  sh: `env | grep -E "${STARTS.join('|')}"`,
  fish: `env | grep -E "${STARTS.join('|')}"`,
  powershell: `Get-ChildItem env: | Where-Object Name -Match "${STARTS.join('|')}"`,
  cmd: `set | findstr "${STARTS.join(' ')}"`,
};

export interface Check {
  readonly question: string;
  /** To be run, for the answer. */
  readonly command?: string;
}

/** What to look at when nothing came after something was copied or a tool connected. */
export function checksFor(what: Copyable | ConnectedTool): readonly Check[] {
  if (what.kind === 'tool') return checksOfTool(what.title).map((question) => ({ question }));
  if (what.kind === 'env' && isShell(what.shell)) {
    return [
      { question: 'Was your tool started in the very terminal that you pasted into, and after that?' },
      { question: 'Do the variables there hold this address, and no older one?', command: SHOW_VARIABLES[what.shell] },
      {
        question:
          'Is it an app started from the desktop, or Codex? They don’t read a shell’s variables: take a snippet.',
      },
    ];
  }
  if (what.kind === 'env' || what.kind === 'snippet') {
    return [
      { question: 'Is the text saved in the place that your tool reads, and was the tool started after that?' },
      { question: 'Does a variable in your terminal name an older address?', command: SHOW_VARIABLES.sh },
    ];
  }
  return [
    { question: 'Does your tool have both, the address and the local key?' },
    { question: `Does the address end as your tool wants it, with ${ENDS}?` },
  ];
}
