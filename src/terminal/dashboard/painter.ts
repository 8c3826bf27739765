/** Paints soon after something changed, however often it does, and not at all while nothing does. */
export interface Painter {
  /** Something changed: paints at once if the last time is long enough ago, else when it is. */
  changed(): void;
  /** Paints now. */
  paint(): void;
  /** Paints once more after `ms`, if nothing does before: for what changes with time alone. */
  after(ms: number): void;
  stop(): void;
}

/** Five times a second: quicker than anyone reads, and cheap. */
export const REPAINT_MS = 200;

export function createPainter(draw: () => void): Painter {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let lastAt = Number.NEGATIVE_INFINITY;
  let isStopped = false;

  function paint(): void {
    if (isStopped) return;
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    lastAt = performance.now();
    draw();
  }

  function schedule(at: number): void {
    if (isStopped || at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(paint, Math.max(0, at - performance.now()));
    // The screen keeps no process alive.
    timer.unref();
  }

  return {
    changed: () => schedule(Math.max(performance.now(), lastAt + REPAINT_MS)),
    paint,
    after: (ms) => schedule(performance.now() + ms),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
