import type { Endpoint } from '../providers/endpoints.js';
import type { ClientFields } from '../shared/client-fields.js';
import { CompressedRequestReader } from './compressed-request-reader.js';
import { createDecoder } from './decoder.js';
import { FormRequestReader } from './form-request-reader.js';
import { JsonRequestReader, type RequestWants } from './json-request-reader.js';

/** What the request alone knows: the model and tier asked for, and what is billed by the request. */
export interface RequestReader {
  push(chunk: Buffer): void;
  /** Calls back once everything pushed has been read: at once, unless it was compressed. */
  end(done: () => void): void;
  readonly model: string | undefined;
  /** "default" where none was asked for; undefined: not known. */
  readonly serviceTier: string | undefined;
  /** Characters of text to be spoken. */
  readonly inputCharacters: number | undefined;
  /** How many images were asked for. */
  readonly images: number | undefined;
}

/** Notified of the model as soon as it is known. */
export interface ModelListener {
  onModel(model: string): void;
}

const NOTHING: RequestReader = {
  push() {},
  end: (done) => done(),
  model: undefined,
  serviceTier: undefined,
  inputCharacters: undefined,
  images: undefined,
};

/** Looks no further than it must: for most requests, the first bytes. */
export function createRequestReader(
  headers: Partial<ClientFields>,
  endpoint: Pick<Endpoint, 'requestCounts' | 'hasTiers' | 'operation'>,
  listener: ModelListener | undefined,
): RequestReader {
  const type = headers['content-type'] ?? '';
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (/\bjson\b/i.test(type)) {
    const reader = new JsonRequestReader(wantsOf(endpoint), listener);
    if (encoding === 'identity' || encoding === '') return reader;
    const decoder = createDecoder(encoding);
    return decoder ? new CompressedRequestReader(decoder, reader) : NOTHING;
  }
  if (encoding !== 'identity') return NOTHING;
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  return boundary ? new FormRequestReader(boundary[1] ?? (boundary[2] as string), listener) : NOTHING;
}

function wantsOf({ requestCounts, hasTiers, operation }: Parameters<typeof createRequestReader>[1]): RequestWants {
  if (requestCounts !== undefined) return requestCounts;
  if (hasTiers) return 'tier';
  return operation === 'realtime_session' ? 'session' : 'model';
}
