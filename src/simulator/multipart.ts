/** What a form brought: fields by name (all values of each), and of files their size and beginning. */
export interface Form {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly FormFile[];
}

export interface FormFile {
  readonly name: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  bytes: number;
}

const MAX_FIELD_BYTES = 1024 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

/** Reads multipart/form-data (RFC 7578) as it comes, in any pieces; files are counted and not kept. */
export class FormReader {
  private readonly fields = new Map<string, string[]>();
  private readonly files: FormFile[] = [];
  private readonly delimiter: Buffer;
  /** Begins with the line break that the first delimiter lacks. */
  private held: Buffer = Buffer.from('\r\n');
  private state: 'preamble' | 'head' | 'part' | 'end' = 'preamble';
  private part: { file?: FormFile; field?: { name: string; value: Buffer[]; size: number } } = {};

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  push(chunk: Buffer): void {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    while (this.step());
  }

  /** Undefined if the form did not come to its closing delimiter. */
  end(): Form | undefined {
    return this.state === 'end' ? { fields: this.fields, files: this.files } : undefined;
  }

  /** Takes what can be taken; false when more bytes are needed. */
  private step(): boolean {
    if (this.state === 'end') {
      this.held = Buffer.alloc(0);
      return false;
    }
    if (this.state === 'head') return this.readHead();
    const at = this.held.indexOf(this.delimiter);
    if (at === -1) {
      const safe = Math.max(0, this.held.length - this.delimiter.length + 1);
      this.take(this.held.subarray(0, safe));
      this.held = this.held.subarray(safe);
      return false;
    }
    const after = at + this.delimiter.length;
    if (this.held.length < after + 2) return false;
    this.take(this.held.subarray(0, at));
    this.finishPart();
    this.state = this.held.toString('latin1', after, after + 2) === '--' ? 'end' : 'head';
    this.held = this.held.subarray(after);
    return true;
  }

  private readHead(): boolean {
    const end = this.held.indexOf(HEAD_END);
    if (end === -1) return false;
    const head = this.held.toString('utf8', 0, end);
    this.held = this.held.subarray(end + HEAD_END.length);
    const name = /[; ]name="([^"]*)"/i.exec(head)?.[1] ?? '';
    const filename = /filename="([^"]*)"/i.exec(head)?.[1];
    if (filename === undefined) this.part = { field: { name, value: [], size: 0 } };
    else {
      const contentType = /^content-type:\s*(\S+)/im.exec(head)?.[1];
      this.part = { file: { name, filename, contentType, bytes: 0 } };
    }
    this.state = 'part';
    return true;
  }

  private take(bytes: Buffer): void {
    if (this.state !== 'part') return;
    const { file, field } = this.part;
    if (file) file.bytes += bytes.length;
    if (!field || field.size > MAX_FIELD_BYTES) return;
    field.size += bytes.length;
    field.value.push(bytes);
  }

  private finishPart(): void {
    const { file, field } = this.part;
    this.part = {};
    if (file) this.files.push(file);
    if (!field) return;
    const values = this.fields.get(field.name) ?? [];
    values.push(Buffer.concat(field.value).toString('utf8'));
    this.fields.set(field.name, values);
  }
}

/** The boundary of a multipart content-type; undefined for any other. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  return match?.[1] ?? match?.[2];
}
