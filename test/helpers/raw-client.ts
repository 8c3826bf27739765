import net from 'node:net';
import { onTestFinished } from 'vitest';
import { type HttpMessage, statusOf, valuesOf } from './http-message.js';
import { RawSocket } from './raw-socket.js';

export interface Answer extends HttpMessage {
  readonly status: number;
  readonly text: string;
  /** All values of a field, joined as RFC 9110 section 5.3 does. */
  field(lowerName: string): string | undefined;
  json(): unknown;
}

/** A client that speaks in bytes. Its socket is destroyed when the test is over. */
export class RawClient extends RawSocket {
  /** The next answer, whole, or what there is of it once the connection is over. Fails if nothing came. */
  async answer(options: { toHead?: boolean } = {}): Promise<Answer> {
    const message = await this.message({ kind: 'response', ...options });
    if (!message) throw new Error(`No answer came (${this.errorCode ?? 'closed'})`);
    return toAnswer(message);
  }

  /** The head and at least `bytes` of the body of the next answer, which stays to be read on. */
  async answerBegun(bytes = 0): Promise<Answer> {
    return toAnswer(await this.begun({ kind: 'response' }, bytes));
  }
}

export async function connectClient(port: number, options: { allowHalfOpen?: boolean } = {}): Promise<RawClient> {
  const socket = net.connect({ host: '127.0.0.1', port, ...options });
  const client = new RawClient(socket);
  onTestFinished(() => {
    socket.destroy();
  });
  await client.until(() => !socket.connecting || client.closed, 'a connection');
  return client;
}

/** Sends `head` and `body` on a connection of their own, and gives the answer. */
export async function exchange(
  port: number,
  head: string | readonly string[],
  body: string | Buffer = '',
): Promise<Answer> {
  const client = await connectClient(port);
  const text = typeof head === 'string' ? head : `${head.join('\r\n')}\r\n\r\n`;
  client.socket.write(Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(body)]));
  const answer = await client.answer({ toHead: text.startsWith('HEAD ') });
  client.socket.destroy();
  return answer;
}

function toAnswer(message: HttpMessage): Answer {
  return {
    ...message,
    status: statusOf(message.startLine),
    text: message.body.toString(),
    field(lowerName) {
      const values = valuesOf(message.fields, lowerName);
      return values.length === 0 ? undefined : values.join(', ');
    },
    json: () => JSON.parse(message.body.toString()),
  };
}
