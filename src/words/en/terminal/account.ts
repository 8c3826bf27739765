/** Signing in and out, projects, profiles, and what the service says of an account. */
export const account = {
  'terminal.account.browserOpens': 'Your browser opens for you to sign in. If it does not, open this address:',
  'terminal.account.openAddress': 'Open this address to sign in:',
  'terminal.account.waiting': 'Waiting for the browser, five minutes at most; Ctrl-C cancels.',
  'terminal.account.signedIn': 'Signed in as {person}.',
  'terminal.account.variableWins': '{variable} is set here and is used instead of this session.',
  'terminal.account.onlyProject': 'Project: {name} ({id}), your only one.',
  'terminal.account.chooseProject':
    'Choose a project: `meshbar project list` shows yours, `meshbar project use <id-or-name>` chooses one.',

  'terminal.account.signedOut': 'Signed out {person}.',
  'terminal.account.nobody': 'Nobody was signed in.',
  'terminal.account.variableStays': '{variable} is set here: whatever reads it continues with that token.',
  'terminal.account.proxyGoesOn':
    'The proxy on {url} keeps running and answers 401 until you sign in again, unless its token comes from the environment.',

  'terminal.account.unknownPerson': 'The service does not say who you are.',
  'terminal.account.token': 'token',
  'terminal.account.service': 'service',
  'terminal.account.project': 'project',
  'terminal.account.balance': 'balance',
  'terminal.account.billed': 'billed',
  'terminal.account.token.variable': 'the environment variable {variable}',
  'terminal.account.token.session': 'your session',
  'terminal.account.token.renewed': 'your session, renewed automatically (this token ends in {duration})',
  'terminal.account.token.offline': 'your session, which must be renewed as soon as MeshAgent can be reached',
  'terminal.account.token.none': 'none',
  'terminal.account.noProject': 'none: `meshbar project list` shows yours',
  'terminal.account.projectFrom': '{project}, from {source}',
  'terminal.account.monthlyBudget': 'monthly budget {amount}',
  'terminal.account.recharge': 'auto-recharge {amount} below {threshold}',
  'terminal.account.rechargePaused': 'auto-recharge paused ({amount} below {threshold})',
  'terminal.account.billedIn': '{total} in the last {days, plural, one {# day} other {# days}}, surcharge included',
  'terminal.account.billedInByModel':
    '{total} in the last {days, plural, one {# day} other {# days}}, surcharge included: {models}',

  'terminal.account.noProjects': 'You have no projects.',
  'terminal.account.noMatch': 'No project matches.',
  'terminal.account.head.project': 'project',
  'terminal.account.head.id': 'id',
  'terminal.account.projectUsed': 'Project: {project}. A running proxy uses it from the next request on.',
  'terminal.account.projectVariable': '{source} is set here and names {id}, which is used instead.',
  'terminal.account.noAccess': 'You may not use the LLM proxy in this project yet. Ask its owner to allow it.',
  'terminal.account.noAccessOf':
    'You may not use the LLM proxy in this project yet. Ask its owner (user {owner}) to allow it.',
  'terminal.account.unchecked': 'You may not list projects: the id is saved unchecked.',

  'terminal.account.noProfiles': 'No profiles are saved. `meshbar login` signs in.',
  'terminal.account.head.profile': 'profile',
  'terminal.account.head.service': 'service',
  'terminal.account.head.session': 'session',
  'terminal.account.isSignedIn': 'signed in',
  'terminal.account.isSignedOut': 'signed out',
  'terminal.account.profileUsed': 'Profile: {person}. A running proxy uses it from the next request on.',
  'terminal.account.profileSignedOut': 'It is signed out: `meshbar login` signs in.',
} as const;
