/**
 * A small, strict reader of HTTP/1.1 messages (RFC 9112) for tests: it keeps what libraries smooth over, such as the
 * spelling of header names, bytes beyond ASCII, chunk sizes, trailers, and whether the message came whole.
 */

export interface HttpMessage {
  /** "HTTP/1.1 200 OK" or "GET /v1/models HTTP/1.1", as Latin-1. */
  readonly startLine: string;
  /** In order and spelling, values as Latin-1. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** How the body says where it ends. */
  readonly framing: 'none' | 'length' | 'chunked' | 'until-close';
  /** Without chunk framing. */
  readonly body: Buffer;
  /** The body as its chunks, if it came in chunks. */
  readonly chunks: readonly Buffer[];
  readonly trailers: readonly (readonly [name: string, value: string])[];
  /** The end came as the framing promised it. */
  readonly complete: boolean;
  /** Bytes of the input that belong to this message. */
  readonly size: number;
  /** Bytes that the input must have at least before this message can be complete. */
  readonly needs: number;
}

export interface ReadOptions {
  readonly kind: 'request' | 'response';
  /** The answer to a HEAD request has no body, whatever its head says. */
  readonly toHead?: boolean;
  /** The sender has closed its side in order: nothing more will come. */
  readonly closed?: boolean;
}

/** Reads one message from the start of `bytes`; undefined while its head is not whole. Throws for what is not HTTP. */
export function readHttpMessage(bytes: Buffer, options: ReadOptions): HttpMessage | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [startLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const pattern = options.kind === 'response' ? /^HTTP\/1\.[01] \d{3} / : /^\S+ \S+ HTTP\/1\.[01]$/;
  if (!pattern.test(startLine)) throw new Error(`This is no start line: ${JSON.stringify(startLine)}`);
  const fields = lines.map(parseField);
  const start = headEnd + 4;
  const head = { startLine, fields, trailers: [] as [string, string][], chunks: [] as Buffer[] };
  const whole = (framing: HttpMessage['framing'], body: Buffer, size: number): HttpMessage => ({
    ...head,
    framing,
    body,
    complete: true,
    size,
    needs: size,
  });
  const partial = (framing: HttpMessage['framing'], body: Buffer, needs = bytes.length + 1): HttpMessage => ({
    ...head,
    framing,
    body,
    complete: false,
    size: bytes.length,
    needs,
  });

  const status = options.kind === 'response' ? statusOf(startLine) : undefined;
  if (options.toHead || (status !== undefined && (status < 200 || status === 204 || status === 304))) {
    return whole('none', Buffer.alloc(0), start);
  }
  const lengths = valuesOf(fields, 'content-length');
  const codings = valuesOf(fields, 'transfer-encoding');
  if (codings.length > 0) {
    if (lengths.length > 0) throw new Error('A message must not have both Content-Length and Transfer-Encoding');
    if (codings.join(',').toLowerCase() !== 'chunked') throw new Error(`Unknown transfer coding ${codings.join(',')}`);
    return readChunked();
  }
  if (lengths.length > 1) throw new Error('A message must not have two Content-Lengths');
  if (lengths.length === 1) {
    const length = Number(lengths[0]);
    const body = bytes.subarray(start, start + length);
    return body.length === length ? whole('length', body, start + length) : partial('length', body, start + length);
  }
  if (options.kind === 'request') return whole('none', Buffer.alloc(0), start);
  const rest = bytes.subarray(start);
  return options.closed ? whole('until-close', rest, bytes.length) : partial('until-close', rest);

  function readChunked(): HttpMessage {
    let at = start;
    for (;;) {
      const lineEnd = bytes.indexOf('\r\n', at);
      if (lineEnd === -1) return partial('chunked', Buffer.concat(head.chunks));
      const line = bytes.toString('latin1', at, lineEnd);
      if (!/^[0-9a-f]+$/i.test(line)) throw new Error(`This is no chunk size: ${JSON.stringify(line.slice(0, 80))}`);
      const length = Number.parseInt(line, 16);
      at = lineEnd + 2;
      if (length === 0) break;
      const chunk = bytes.subarray(at, at + length);
      if (chunk.length > 0) head.chunks.push(chunk);
      if (bytes.length < at + length + 2) return partial('chunked', Buffer.concat(head.chunks), at + length + 2);
      at += length;
      if (bytes.toString('latin1', at, at + 2) !== '\r\n') throw new Error('A chunk is longer than it says');
      at += 2;
    }
    for (;;) {
      const lineEnd = bytes.indexOf('\r\n', at);
      if (lineEnd === -1) return partial('chunked', Buffer.concat(head.chunks));
      const line = bytes.toString('latin1', at, lineEnd);
      at = lineEnd + 2;
      if (line === '') return whole('chunked', Buffer.concat(head.chunks), at);
      head.trailers.push(parseField(line));
    }
  }
}

export function statusOf(startLine: string): number {
  return Number(startLine.split(' ')[1]);
}

/** All values of the field `lowerName`, in order. */
export function valuesOf(fields: HttpMessage['fields'], lowerName: string): string[] {
  return fields.filter(([name]) => name.toLowerCase() === lowerName).map(([, value]) => value);
}

function parseField(line: string): [string, string] {
  const colon = line.indexOf(':');
  if (colon < 1 || /[\s]/.test(line.slice(0, colon))) throw new Error(`This is no field: ${JSON.stringify(line)}`);
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')];
}
