import type { Duplex } from 'node:stream';

/** How long a client that was told no may take to hang up before its connection is cut. */
const LINGER_MS = 1000;

/**
 * Answers on a bare socket with plain HTTP and closes. `headers` is flat. What the client still sends is read and
 * dropped: closing with unread bytes would reset the connection, and the client might never see the answer.
 */
export function answerAndClose(
  socket: Duplex,
  status: number,
  statusMessage: string,
  headers: readonly string[],
  body: Buffer,
): void {
  if (socket.destroyed) return;
  let head = `HTTP/1.1 ${status} ${statusMessage.replace(/[^\x20-\x7e]/g, '') || 'Refused'}\r\n`;
  for (let i = 0; i < headers.length; i += 2) head += `${headers[i]}: ${headers[i + 1]}\r\n`;
  head += `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.once('end', () => socket.destroy());
  socket.resume();
  socket.end(Buffer.concat([Buffer.from(head, 'latin1'), body]));
}
