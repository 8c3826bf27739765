/** Budgets and the limits of keys, as the app, the terminal and a refused client read of them. */
export const budget = {
  'budget.amount.day': '{amount} a day',
  'budget.amount.week': '{amount} a week',
  'budget.amount.month': '{amount} a month',
  'budget.spent.so': '{spent} of {amount}',
  'budget.spent.day': '{spent} of {amount} today',
  'budget.spent.week': '{spent} of {amount} this week',
  'budget.spent.month': '{spent} of {amount} this month',
  'budget.withShare': '{spent} ({percent})',
  'budget.withMissing': '{spent}, {missing}',
  'budget.missing.unknown': '{count, plural, one {# request} other {# requests}} of unknown cost not counted',
  'budget.missing.partial': '{count, plural, one {# request} other {# requests}} only partly counted',
  'budget.missing.possible': '{amount} more if refused requests are billed',
  'budget.scope.key': 'Key “{label}”',
  'budget.scope.project': 'Project {project}',
  'budget.used': '{share} of {amount} used',
  'budget.usedOf': '{scope}: {share} of {amount} used',
  'budget.until.day': 'midnight',
  'budget.until.week': 'Monday',
  'budget.resets.day': 'at midnight',
  'budget.resets.week': 'on Monday',
  'budget.resets.month': 'on {date}',
  'budget.stop.all.day': 'Today’s {amount} budget is used up. Requests are refused until {until}.',
  'budget.stop.all.week': 'This week’s {amount} budget is used up. Requests are refused until {until}.',
  'budget.stop.all.month': 'This month’s {amount} budget is used up. Requests are refused until {until}.',
  'budget.stop.project.day':
    'Today’s {amount} budget for project {project} is used up. Its requests are refused until {until}.',
  'budget.stop.project.week':
    'This week’s {amount} budget for project {project} is used up. Its requests are refused until {until}.',
  'budget.stop.project.month':
    'This month’s {amount} budget for project {project} is used up. Its requests are refused until {until}.',
  'budget.stop.key.day':
    'Today’s {amount} limit of the key “{label}” is used up. Its requests are refused until {until}.',
  'budget.stop.key.week':
    'This week’s {amount} limit of the key “{label}” is used up. Its requests are refused until {until}.',
  'budget.stop.key.month':
    'This month’s {amount} limit of the key “{label}” is used up. Its requests are refused until {until}.',
  'budget.allowUntil': 'Allow until {until}',
  'budget.name.key': 'Limit of the key "{label}"',
  'budget.name.budget': 'Budget {id}',
  'budget.line': '{name}: {spent}.',
  'budget.line.stopped':
    '{name}: {spent}. Requests are refused until {moment}; `meshbar budget lift {id}` lets them pass.',
  'budget.line.lifted': '{name}: {spent}. Lifted until {moment}.',
  'budget.raise.key': 'meshbar key limit {id} <more>/{period}',
  'budget.raise.project': 'meshbar budget set <more>/{period} --stop --project {projectId}',
  'budget.raise.all': 'meshbar budget set <more>/{period} --stop',
  'budget.refusal':
    '{name} is used up: {spent}. Requests are refused until {moment}. To go on, lift it until then with `meshbar budget lift {id}`, or raise it with `{command}`.',
} as const;
