import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** One request as it reached the service, secrets included: this is the side they are meant for. Times in Unix ms. */
export interface RequestRecord {
  readonly id: number;
  readonly method: string;
  /** As it came, query included. */
  readonly target: string;
  readonly path: string;
  /** Flat: names and values in their order and spelling. */
  readonly rawHeaders: readonly string[];
  /** Lower-case names. */
  readonly headers: IncomingMessage['headers'];
  readonly transport: 'http' | 'websocket';
  /** The connection's port on the other side: tells connections apart. */
  readonly remotePort: number;
  readonly startedAt: number;
  bodyBytes: number;
  bodySha256?: string;
  bodyEndedAt?: number;
  /** Fields of a form sent to the token endpoint. */
  form?: Readonly<Record<string, string>>;
  /** The head of the answer went out. */
  answeredAt?: number;
  status?: number;
  /** Bytes of the answer's body handed to the connection. */
  responseBytes: number;
  endedAt?: number;
  /** The simulator itself cut the connection, on demand. */
  cut: boolean;
  /** The other side went away before the answer had ended; for a WebSocket, without a close frame. */
  aborted: boolean;
  /** Messages of a WebSocket that came in. */
  messages: number;
  closeCode?: number;
}

export interface Violation {
  /** Undefined where what came was no request at all. */
  readonly requestId?: number;
  readonly rule: string;
  readonly detail: string;
}

const MAX_KEPT = 20_000;

interface Waiter {
  readonly predicate: (record: RequestRecord) => boolean;
  readonly resolve: (record: RequestRecord) => void;
}

/** What came in, for tests to look at. */
export class Journal {
  readonly requests: RequestRecord[] = [];
  readonly violations: Violation[] = [];
  private nextId = 1;
  private waiters: Waiter[] = [];

  open(request: IncomingMessage, transport: 'http' | 'websocket'): RequestRecord {
    const target = request.url ?? '/';
    const record: RequestRecord = {
      id: this.nextId++,
      method: request.method ?? 'GET',
      target,
      path: target.split('?', 1)[0] as string,
      rawHeaders: request.rawHeaders,
      headers: request.headers,
      transport,
      remotePort: request.socket.remotePort ?? 0,
      startedAt: Date.now(),
      bodyBytes: 0,
      responseBytes: 0,
      cut: false,
      aborted: false,
      messages: 0,
    };
    this.requests.push(record);
    if (this.requests.length > MAX_KEPT) this.requests.shift();
    this.changed(record);
    return record;
  }

  /** Watches the body go by; whoever reads the request gets the same bytes. */
  watchBody(request: IncomingMessage, record: RequestRecord): void {
    const hash = createHash('sha256');
    request.on('data', (chunk: Buffer) => {
      record.bodyBytes += chunk.length;
      hash.update(chunk);
    });
    request.on('end', () => {
      record.bodyEndedAt = Date.now();
      record.bodySha256 = hash.digest('hex');
      this.changed(record);
    });
  }

  /** The head of the answer has gone out. */
  answered(record: RequestRecord, status: number): void {
    record.answeredAt = Date.now();
    record.status = status;
    this.changed(record);
  }

  /** The answer or the connection has ended; `unfinished`: before it was whole. */
  close(record: RequestRecord, unfinished: boolean): void {
    record.endedAt = Date.now();
    record.aborted = unfinished && !record.cut;
    this.changed(record);
  }

  violate(record: RequestRecord, rule: string, detail: string): void {
    this.violations.push({ requestId: record.id, rule, detail });
  }

  /** Tells the waiters that a record has something new. */
  changed(record: RequestRecord): void {
    if (this.waiters.length === 0) return;
    this.waiters = this.waiters.filter((waiter) => {
      if (!waiter.predicate(record)) return true;
      waiter.resolve(record);
      return false;
    });
  }

  /** The first request, past or to come, that is as wanted. Rejects after `timeoutMs`. */
  waitFor(predicate: (record: RequestRecord) => boolean, timeoutMs: number): Promise<RequestRecord> {
    const known = this.requests.find(predicate);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((entry) => entry !== waiter);
        reject(new Error(`No such request came within ${timeoutMs} ms; ${this.requests.length} others did.`));
      }, timeoutMs);
      const waiter: Waiter = {
        predicate,
        resolve(record) {
          clearTimeout(timer);
          resolve(record);
        },
      };
      this.waiters.push(waiter);
    });
  }

  reset(): void {
    this.requests.length = 0;
    this.violations.length = 0;
  }
}
