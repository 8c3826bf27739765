/** What state the proxy is in, in two or three words, and why, in a sentence or two: icon, menu and windows say it. */
export const status = {
  'app.status.running': 'Proxy running',
  'app.status.insecure': 'Running without a key',
  'app.status.degraded': 'Requests failing',
  'app.status.starting': 'Proxy starting…',
  'app.status.stopping': 'Proxy stopping…',
  'app.status.stopped': 'Proxy stopped',
  'app.status.start_failed': 'Proxy not running',
  'app.status.session_ended': 'Session ended',
  'app.status.signed_out': 'Not signed in',
  'app.status.signing_in': 'Signing in…',
  'app.status.no_project': 'No project chosen',
  'app.status.offline': 'MeshAgent unreachable',
  'app.status.budget_used_up': 'Budget used up',

  'app.status.why.failing': '{count, plural, one {The last request failed} other {The last # requests failed}}. {why}',
  'app.status.why.failing.status':
    '{count, plural, one {The last request failed} other {The last # requests failed}} with status {status}.',
  'app.status.why.failing.noAnswer':
    '{count, plural, one {The last request} other {The last # requests}} got no answer.',
  'app.status.why.session_ended.running': 'Requests are refused until you sign in again.',
  'app.status.why.session_ended': 'Sign in again to start the proxy.',
  'app.status.why.signed_out.running': 'Requests are refused until you sign in.',
  'app.status.why.signed_out': 'Sign in with your browser, then pick the project to bill.',
  'app.status.why.signing_in': 'Continue in your browser.',
  'app.status.why.no_project': 'Choose the project to bill.',
  'app.status.why.offline': 'Your session can’t be renewed. Requests are refused until MeshAgent can be reached.',
  'app.status.why.draining': '{count, plural, one {# request is} other {# requests are}} still in flight.',
  'app.status.why.ofSession': '{email}: {reason}',
  'app.status.tooltip': 'Meshbar: {title}',
  'app.status.tooltip.demo': 'Meshbar: {title} (demo)',
} as const;
