/** Kinds of shells and files that variables are copied for. */
export const shell = {
  'shell.sh': 'sh, zsh, bash',
  'shell.fish': 'fish',
  'shell.powershell': 'PowerShell',
  'shell.cmd': 'cmd',
  'shell.dotenv': '.env file',
  'shell.json': 'JSON',
} as const;
