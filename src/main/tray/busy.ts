/** Whether requests are under way, without flicker: true at once, false only when it has been quiet for a while. */
export interface Busy {
  readonly isBusy: boolean;
  /** How many are under way now. */
  set(active: number): void;
  close(): void;
}

/** `onChange` is called when `isBusy` has changed; it stays true for `holdMs` after the last request has ended. */
export function createBusy(holdMs: number, onChange: () => void): Busy {
  let isBusy = false;
  let timer: NodeJS.Timeout | undefined;

  function become(value: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    if (value === isBusy) return;
    isBusy = value;
    onChange();
  }
  return {
    get isBusy() {
      return isBusy;
    },
    set(active) {
      if (active > 0) become(true);
      else if (isBusy && timer === undefined) timer = setTimeout(() => become(false), holdMs);
    },
    close() {
      clearTimeout(timer);
    },
  };
}
