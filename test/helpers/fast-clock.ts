import net from 'node:net';

/**
 * Lets time pass `speed` times as fast for all that waits in this process: timers of our code and of its dependencies,
 * and the timeouts of sockets. So a test can see within a second what happens after twenty minutes. Whatever is armed
 * lasts `leastMs` of real time: in less, a busy machine can't even open a connection.
 */
export function speedUpTime(speed: number, leastMs = 0): void {
  const { setTimeout: realTimeout, setInterval: realInterval } = globalThis;
  const scaled = (ms?: number) => (ms === undefined ? ms : Math.max(ms / speed, Math.min(ms, leastMs)));
  globalThis.setTimeout = Object.assign(
    (call: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => realTimeout(call, scaled(ms), ...args),
    realTimeout,
  ) as typeof setTimeout;
  globalThis.setInterval = Object.assign(
    (call: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => realInterval(call, scaled(ms), ...args),
    realInterval,
  ) as typeof setInterval;
  const realSocketTimeout = net.Socket.prototype.setTimeout;
  net.Socket.prototype.setTimeout = function setSocketTimeout(ms, onTimeout) {
    // A whole number that is not 0, which would mean no timeout.
    return realSocketTimeout.call(this, ms > 0 ? Math.max(1, Math.round(scaled(ms) as number)) : ms, onTimeout);
  };
}
