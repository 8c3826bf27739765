/** The service's own clock, in Unix milliseconds. Tests set it off from the machine's to see what skew does. */
export interface Clock {
  now(): number;
  /** Milliseconds that the service is ahead of this machine. */
  offsetMs: number;
}

export function createClock(): Clock {
  return {
    offsetMs: 0,
    now() {
      return Date.now() + this.offsetMs;
    },
  };
}
