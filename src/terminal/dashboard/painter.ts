/** Paints soon after a change, however many there are, and not at all while there is none. */
export interface Painter {
  /** Something changed: paints at once if the last picture is old enough, else as soon as it is. */
  changed(): void;
  /** Paints now. */
  paint(): void;
  /** Paints again after `ms`, if nothing does before: for what changes only with time. */
  after(ms: number): void;
  stop(): void;
}

/** Five times a second: faster than anyone reads, and cheap. */
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
    // The screen alone must not keep the process alive.
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
