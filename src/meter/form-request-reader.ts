import type { ModelListener, RequestReader } from './request-reader.js';

const MODEL_FIELD = Buffer.from('name="model"');
const MODEL_LIMIT = 200;
/** More than a part's head and a model's name take up together. */
const FORM_WINDOW_BYTES = 1024;

/** Finds the field "model" of a form, wherever it stands between the files. Text in a file that looks like one is not. */
export class FormRequestReader implements RequestReader {
  model: string | undefined;
  readonly serviceTier = undefined;
  readonly inputCharacters = undefined;
  readonly images = undefined;
  private readonly field: RegExp;
  /** The end of what came before: the field may be split. */
  private carry: Buffer = Buffer.alloc(0);

  /** RFC 7578: what stands between two boundaries can't contain one. */
  constructor(
    boundary: string,
    private readonly listener: ModelListener | undefined,
  ) {
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
    if (this.model !== undefined) this.listener?.onModel(this.model);
  }

  end(done: () => void): void {
    done();
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
