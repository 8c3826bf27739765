import type { IncomingHttpHeaders } from 'node:http';
import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from './json.js';

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

/** Looks no further than it must: for most requests, the first bytes. */
export function createRequestReader(path: string, headers: IncomingHttpHeaders): RequestReader {
  if (headers['content-encoding'] !== undefined) return NOTHING;
  const type = headers['content-type'] ?? '';
  if (/\bjson\b/i.test(type)) return new JsonRequestReader(path);
  if (/^multipart\/form-data\b/i.test(type)) return new FormRequestReader();
  return NOTHING;
}

class JsonRequestReader implements RequestReader {
  model: string | undefined;
  inputCharacters: number | undefined;
  images: number | undefined;
  private readonly scanner: JsonScanner;
  private readonly wantsModelOnly: boolean;

  constructor(path: string) {
    const speech = path === '/v1/audio/speech';
    const images = path.startsWith('/v1/images/');
    this.wantsModelOnly = !speech && !images;
    const wanted: WantedKeys = speech
      ? { model: true, input: true }
      : images
        ? { model: true, n: true }
        : { model: true };
    this.scanner = new JsonScanner(wanted, { onValue: (value) => this.take(value) });
    if (images) this.images = 1;
  }

  push(chunk: Buffer): void {
    if (this.wantsModelOnly && this.model !== undefined) return;
    this.scanner.push(chunk);
  }

  private take({ path, text }: CapturedValue): void {
    const value = parseCaptured(text);
    if (path === 'model' && typeof value === 'string') this.model = value.slice(0, MODEL_LIMIT);
    if (path === 'input' && typeof value === 'string') this.inputCharacters = [...value].length;
    if (path === 'n' && typeof value === 'number' && Number.isInteger(value) && value > 0) this.images = value;
  }
}

/** Finds the field "model" of a form, wherever it stands between the files. */
class FormRequestReader implements RequestReader {
  model: string | undefined;
  readonly inputCharacters = undefined;
  readonly images = undefined;
  private carry: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    if (this.model !== undefined) return;
    const overlap = MODEL_FIELD.length + MODEL_LIMIT;
    const at = chunk.indexOf(MODEL_FIELD);
    if (at === -1 && this.carry.length === 0 && chunk.length > overlap) {
      this.carry = Buffer.from(chunk.subarray(chunk.length - overlap));
      return;
    }
    const bytes = Buffer.concat([this.carry, chunk.subarray(0, at === -1 ? overlap : at + overlap)]);
    const match = /name="model"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)\r\n/.exec(bytes.toString('latin1'));
    if (match) {
      this.model = (match[1] as string).slice(0, MODEL_LIMIT);
      this.carry = Buffer.alloc(0);
      return;
    }
    const tail = chunk.length >= overlap ? chunk : Buffer.concat([this.carry, chunk]);
    this.carry = Buffer.from(tail.subarray(Math.max(0, tail.length - overlap)));
  }
}
