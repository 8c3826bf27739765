/** How many rows each part of the screen gets; 0 leaves it out. */
export interface Layout {
  readonly sources: number;
  readonly remarks: number;
  readonly setup: number;
  /** The header and the sum of all models; 0 or 2. */
  readonly usage: number;
  readonly models: number;
  /** The titles of usage and requests; 0 or 2. */
  readonly titles: number;
  /** Rows below the header of the requests. */
  readonly requests: number;
  readonly problem: number;
  /** Blank rows: above the footer, below the status line, between sections. */
  readonly footerGap: number;
  readonly statusGap: number;
  readonly sectionGaps: number;
}

export interface Wishes {
  readonly rows: number;
  /** Whether anything has passed or is passing. */
  readonly hasTraffic: boolean;
  readonly models: number;
  readonly setup: number;
  readonly sources: number;
  readonly remarks: number;
  /** Lines of what to do before the first request. */
  readonly waiting: number;
  readonly hasProblem: boolean;
}

const MAX_MODELS = 12;

/**
 * Shares out the rows between the status line and the footer, which are always there. Parts are added in the order of
 * their importance until the rows are used up: as a terminal gets smaller, the least important part goes first.
 */
export function layoutOf(wishes: Wishes): Layout {
  const layout = {
    sources: 0,
    remarks: 0,
    setup: 0,
    usage: 0,
    models: 0,
    titles: 0,
    requests: 0,
    problem: 0,
    footerGap: 0,
    statusGap: 0,
    sectionGaps: 0,
  };
  let left = wishes.rows - 2;
  /** All of it or nothing; `cost` where a part takes more rows than it counts. */
  const take = (part: keyof typeof layout, rows: number, cost = rows) => {
    if (rows <= 0 || cost > left) return;
    layout[part] += rows;
    left -= cost;
  };
  /** As many as there are. */
  const share = (part: keyof typeof layout, rows: number) => take(part, Math.min(rows, left));

  if (wishes.hasProblem) take('problem', 1);
  // Before the first request, how to send it matters most.
  if (!wishes.hasTraffic) take('setup', wishes.setup);
  take('requests', 1, wishes.hasTraffic ? 2 : 1);
  if (wishes.hasTraffic) share('requests', 2);
  take('usage', 2);
  share('models', Math.min(wishes.models, 3));
  share('remarks', wishes.remarks);
  take('titles', 2);
  take('setup', layout.setup === 0 ? wishes.setup : 0);
  take('sources', 1);
  if (wishes.hasTraffic) share('requests', 1);
  else share('requests', wishes.waiting - 1);
  take('footerGap', layout.problem === 0 ? 1 : 0);
  take('sectionGaps', layout.setup > 0 ? 3 : 2);
  take('statusGap', 1);
  share('sources', layout.sources > 0 ? wishes.sources - 1 : 0);
  share('models', Math.min(wishes.models, MAX_MODELS) - layout.models);
  if (wishes.hasTraffic) share('requests', left);
  return layout;
}
