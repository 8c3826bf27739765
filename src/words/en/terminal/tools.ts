/** Connecting tools in their own settings, and disconnecting them. */
export const tools = {
  'terminal.tools.head.name': 'name',
  'terminal.tools.head.tool': 'tool',
  'terminal.tools.head.here': 'here',
  'terminal.tools.head.state': 'state',
  'terminal.tools.found': 'found',
  'terminal.tools.state.connected': 'connected',
  'terminal.tools.state.notConnected': 'not connected',
  'terminal.tools.state.elsewhere': 'goes to {address}',
  'terminal.tools.state.oldAddress': 'goes to {address}, where Meshbar no longer is',
  'terminal.tools.state.wrongPath': 'goes to {address}, a path that Meshbar refuses',
  'terminal.tools.state.staleKey': 'has an old key',
  'terminal.tools.state.incomplete': 'lacks {keys}',
  'terminal.tools.state.changed': 'changed by hand: {keys}',
  'terminal.tools.state.byHand': 'by hand: shows how',
  'terminal.tools.state.impossible': 'not possible: says why',
  'terminal.tools.listHint':
    '`meshbar connect <name>` connects one, `meshbar disconnect <name>` restores what was there.',
  'terminal.tools.nothing': '(nothing)',
  'terminal.tools.plan': '{tool}: {state}. In this file: {file}',
  'terminal.tools.planNewFile': '{tool}: {state}. This file will be created: {file}',
  'terminal.tools.alreadyConnected': '{tool} is connected already ({file}).',
  'terminal.tools.write': 'Write this?',
  'terminal.tools.yesNo': '{question} [y/N] ',
  'terminal.tools.cannotAsk': 'Nobody can be asked here: say --yes to write this, or --dry-run to only see it.',
  'terminal.tools.unchanged': 'Nothing was changed.',
  'terminal.tools.connected': '{tool} is connected. `meshbar disconnect {id}` restores what was there.',
  'terminal.tools.noProxy': 'No proxy is running yet: `meshbar proxy` starts one.',
  'terminal.tools.waiting': 'Waiting for the first request from {tool}; Ctrl-C stops only the waiting.',

  'terminal.tools.demoConnected':
    '{tool} is connected to a simulator: nothing leaves this machine, and nothing costs money.',
  'terminal.tools.demoEnds': 'Ctrl-C ends it, and restores what was there.',

  'terminal.tools.noneConnected': 'No tool is connected.',
  'terminal.tools.disconnected': '{tool} is disconnected.',
  'terminal.tools.restored': '{tool} is disconnected: {file} is as it was.',
  'terminal.tools.partlyRestored':
    '{tool} is disconnected: {file} has been changed since, so only Meshbar’s own keys were undone.',
  'terminal.tools.undo': '{tool}: in this file: {file}',
  'terminal.tools.undoNewFile': '{tool}: this file is removed, since Meshbar made it: {file}',
  'terminal.tools.notOurs': 'Meshbar does not write the settings of {tool}: remove them where you put them.',
} as const;
