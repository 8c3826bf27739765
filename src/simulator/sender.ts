import type { ServerResponse } from 'node:http';
import type { RequestRecord } from './journal.js';

/** Writes a body with respect for a slow reader, each write on its own way so that the other side can see them apart. */
export class Sender {
  constructor(
    private readonly response: ServerResponse,
    private readonly record: RequestRecord,
    private readonly gone: AbortSignal,
    private readonly split: number | undefined,
  ) {}

  async write(bytes: Buffer): Promise<void> {
    const step = this.split ?? bytes.length;
    for (let at = 0; at < bytes.length && !this.gone.aborted; at += step) {
      const part = bytes.subarray(at, at + step);
      this.record.responseBytes += part.length;
      await this.pass(part);
    }
  }

  private pass(part: Buffer): Promise<void> {
    return new Promise((resolve) => {
      if (this.response.write(part)) {
        setImmediate(resolve);
        return;
      }
      const done = () => {
        this.response.off('drain', done);
        this.gone.removeEventListener('abort', done);
        resolve();
      };
      this.response.on('drain', done);
      this.gone.addEventListener('abort', done);
    });
  }

  /** Resolves when everything has been handed over, or the other side is gone. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.gone.aborted) {
        resolve();
        return;
      }
      this.gone.addEventListener('abort', () => resolve(), { once: true });
      this.response.end(() => resolve());
    });
  }
}
