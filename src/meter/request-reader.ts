import type { EndpointRow } from '../providers/provider.js';
import type { ClientFields } from '../shared/client-fields.js';
import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from '../shared/json.js';

/** What the request alone knows: the model asked for, and what is billed by the request. */
export interface RequestReader {
  push(chunk: Buffer): void;
  readonly model: string | undefined;
  /** Characters of text to be spoken. */
  readonly inputCharacters: number | undefined;
  /** How many images were asked for. */
  readonly images: number | undefined;
}

const NOTHING: RequestReader = { push() {}, model: undefined, inputCharacters: undefined, images: undefined };
const MODEL_FIELD = Buffer.from('name="model"');
const MODEL_LIMIT = 200;
const WINDOW_BYTES = 4096;

/** Looks no further than it must: for most requests, the first bytes. `counts` is what it is billed by. */
export function createRequestReader(
  headers: Partial<ClientFields>,
  counts: EndpointRow['requestCounts'],
): RequestReader {
  if (headers['content-encoding'] !== undefined) return NOTHING;
  const type = headers['content-type'] ?? '';
  if (/\bjson\b/i.test(type)) return new JsonRequestReader(counts);
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  return boundary ? new FormRequestReader(boundary[1] ?? (boundary[2] as string)) : NOTHING;
}

const MODEL: WantedKeys = { model: true };
const WANTED: Readonly<Record<NonNullable<EndpointRow['requestCounts']>, WantedKeys>> = {
  characters: { model: true, input: true },
  images: { model: true, n: true },
};

class JsonRequestReader implements RequestReader {
  model: string | undefined;
  inputCharacters: number | undefined;
  images: number | undefined;
  private readonly scanner: JsonScanner;
  private readonly wantsModelOnly: boolean;

  constructor(counts: EndpointRow['requestCounts']) {
    this.wantsModelOnly = counts === undefined;
    this.scanner = new JsonScanner(counts === undefined ? MODEL : WANTED[counts], {
      onValue: (value) => this.take(value),
    });
    if (counts === 'images') this.images = 1;
  }

  push(chunk: Buffer): void {
    if (!this.wantsModelOnly) {
      this.scanner.push(chunk);
      return;
    }
    // The model mostly stands in front: a prompt of any size behind it is not looked at.
    for (let from = 0; from < chunk.length && this.model === undefined; from += WINDOW_BYTES) {
      this.scanner.push(chunk.subarray(from, from + WINDOW_BYTES));
    }
  }

  private take({ path, text }: CapturedValue): void {
    const value = parseCaptured(text);
    if (path === 'model' && typeof value === 'string') this.model = value.slice(0, MODEL_LIMIT);
    if (path === 'input' && typeof value === 'string') this.inputCharacters = [...value].length;
    if (path === 'n' && typeof value === 'number' && Number.isInteger(value) && value > 0) this.images = value;
  }
}

/** More than a part's head and a model's name take up together. */
const FORM_WINDOW_BYTES = 1024;

/** Finds the field "model" of a form, wherever it stands between the files. Text in a file that looks like one is not. */
class FormRequestReader implements RequestReader {
  model: string | undefined;
  readonly inputCharacters = undefined;
  readonly images = undefined;
  private readonly field: RegExp;
  /** The end of what came before: the field may be split. */
  private carry: Buffer = Buffer.alloc(0);

  /** RFC 7578: what stands between two boundaries can't contain one. */
  constructor(boundary: string) {
    const delimiter = boundary.replace(/[^\w]/g, '\\$&');
    this.field = new RegExp(
      `--${delimiter}\\r\\n(?:[^\\r\\n]+\\r\\n)*content-disposition:[^\\r\\n]*;\\s*name="model"(?:;[^\\r\\n]*)?\\r\\n` +
        `(?:[^\\r\\n]+\\r\\n)*\\r\\n([^\\r\\n]*)\\r\\n`,
      'i',
    );
  }

  push(chunk: Buffer): void {
    if (this.model !== undefined) return;
    const seam = Buffer.concat([this.carry, chunk.subarray(0, FORM_WINDOW_BYTES)]);
    this.model = this.find(seam) ?? (chunk.length > FORM_WINDOW_BYTES ? this.find(chunk) : undefined);
    const tail = chunk.length >= FORM_WINDOW_BYTES ? chunk : seam;
    this.carry = Buffer.from(tail.subarray(Math.max(0, tail.length - FORM_WINDOW_BYTES)));
  }

  private find(bytes: Buffer): string | undefined {
    for (let at = bytes.indexOf(MODEL_FIELD); at !== -1; at = bytes.indexOf(MODEL_FIELD, at + 1)) {
      const half = FORM_WINDOW_BYTES / 2;
      const match = this.field.exec(bytes.toString('latin1', Math.max(0, at - half), at + half));
      if (match) return (match[1] as string).slice(0, MODEL_LIMIT);
    }
    return undefined;
  }
}
