/** What `meshbar doctor` finds: plain data, the same for the terminal, the app and `--json`. No secrets. */

/** Worst first; "skipped" could not be looked at, and its title says why. */
export const FINDING_STATUSES = ['problem', 'warning', 'note', 'skipped', 'ok'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** In the order in which a request meets them. */
export const CHECK_NAMES = [
  'versions',
  'port',
  'loopback',
  'environment',
  'tools',
  'session',
  'project',
  'balance',
  'upstream',
  'tls',
  'clock',
  'permissions',
  'ledger',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

export interface Finding {
  /**
   * Stable: the check and what was found, such as "port.taken". Two findings may share one, each about another file or
   * tool.
   */
  readonly id: `${CheckName}.${string}`;
  readonly status: FindingStatus;
  /** One sentence. */
  readonly title: string;
  /** What follows from it, where the title does not say. */
  readonly meaning?: string;
  /** What to do about it; `command` can be pasted into a shell as it is. */
  readonly remedy?: { readonly text: string; readonly command?: string };
  /** Figures and places, a line each. */
  readonly details: readonly string[];
}

type Ranked = Pick<Finding, 'id' | 'status'>;

/** Worst first; among equals in the order of the checks. */
export function bySeverity(a: Ranked, b: Ranked): number {
  const rank = ({ id, status }: Ranked) =>
    FINDING_STATUSES.indexOf(status) * CHECK_NAMES.length + CHECK_NAMES.indexOf(checkOf(id));
  return rank(a) - rank(b);
}

/** "port.taken" → "port". */
function checkOf(id: Finding['id']): CheckName {
  return id.slice(0, id.indexOf('.')) as CheckName;
}
