import net from 'node:net';
import { waitFor } from '../helpers/wait-for.js';

/** A connection without any HTTP of its own: what is written goes out, what comes is kept as it came. */
export class RawConnection {
  readonly chunks: Buffer[] = [];
  ended = false;
  /** "ECONNRESET" where the other side reset it. */
  errorCode: string | undefined;
  closed = false;
  private readonly socket: net.Socket;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = net.connect(Number(port), hostname);
    this.socket.on('data', (chunk) => this.chunks.push(chunk));
    this.socket.on('end', () => {
      this.ended = true;
    });
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.errorCode = error.code;
    });
    this.socket.on('close', () => {
      this.closed = true;
    });
  }

  get connecting(): boolean {
    return this.socket.connecting;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  get head(): string {
    return this.text.split('\r\n\r\n', 1)[0] ?? '';
  }

  /** What is behind the head, chunks not taken apart. */
  get rest(): string {
    return this.text.slice(this.head.length + 4);
  }

  write(text: string): void {
    this.socket.write(text);
  }

  post(target: string, headers: Record<string, string>, body: unknown): void {
    const text = JSON.stringify(body);
    const fields = { Host: this.host(), 'Content-Type': 'application/json', ...headers };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    this.write(`POST ${target} HTTP/1.1\r\n${lines.join('')}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  async untilText(text: string): Promise<void> {
    await waitFor(() => this.text.includes(text), `"${text}" on a raw connection`);
  }

  async untilClosed(): Promise<void> {
    await waitFor(() => this.closed, 'a raw connection to close');
  }

  destroy(): void {
    this.socket.destroy();
  }

  private host(): string {
    const { remoteAddress, remotePort } = this.socket;
    return `${remoteAddress}:${remotePort}`;
  }
}
