import type { IncomingMessage } from 'node:http';
import { boundaryOf, type Form, type FormFile, FormReader } from './multipart.js';

/** A body beyond this is counted and hashed, but neither kept nor answered. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** A request's body, read whole. */
export interface ReceivedBody {
  /** Its text; empty for a form. */
  readonly text: string;
  /** Parsed JSON, or a form's fields by name; undefined if it is neither. */
  readonly json: unknown;
  readonly files: readonly FormFile[];
}

export const NO_BODY: ReceivedBody = { text: '', json: undefined, files: [] };

/** Undefined if the client left in the middle of it. */
export function readBody(request: IncomingMessage): Promise<ReceivedBody | undefined> {
  const boundary = boundaryOf(request.headers['content-type']);
  const form = boundary === undefined ? undefined : new FormReader(boundary);
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (form) form.push(chunk);
    else if (size <= KEPT_BYTES) chunks.push(chunk);
  });
  return new Promise((resolve) => {
    request.on('end', () => resolve(form ? fromForm(form.end()) : fromText(Buffer.concat(chunks).toString('utf8'))));
    request.on('close', () => resolve(undefined));
  });
}

function fromText(text: string): ReceivedBody {
  try {
    return { text, json: JSON.parse(text), files: [] };
  } catch {
    return { text, json: undefined, files: [] };
  }
}

/** A name ending in "[]" stands for a list, as SDKs write it. */
function fromForm(form: Form | undefined): ReceivedBody {
  if (!form) return NO_BODY;
  const json: Record<string, string | readonly string[]> = {};
  for (const [name, values] of form.fields) {
    if (name.endsWith('[]')) json[name.slice(0, -2)] = values;
    else json[name] = values.at(-1) as string;
  }
  return { text: '', json, files: form.files };
}
