import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from '../shared/json.js';
import { type DocumentFinding, documentFieldsOf, type Fields, findingOf } from './finding.js';
import { HOSTED_CALL_KEYS, isHostedCall } from './hosted-calls.js';

/** Where providers put what the meter wants, in whole answers and in the events of streams and sockets alike. */
const ANSWER_KEYS: WantedKeys = {
  type: true,
  model: true,
  service_tier: true,
  usage: true,
  tool_usage: true,
  svg_usage: true,
  error: true,
  code: true,
  detail: true,
  stop_reason: true,
  delta: { stop_reason: true, container: { id: true } },
  container: { id: true },
  content: HOSTED_CALL_KEYS,
  output: HOSTED_CALL_KEYS,
  message: { model: true, usage: true },
  response: {
    id: true,
    model: true,
    service_tier: true,
    status: true,
    status_details: true,
    usage: true,
    tool_usage: true,
    error: true,
    output: HOSTED_CALL_KEYS,
  },
  session: {
    model: true,
    audio: { input: { transcription: { model: true } } },
    input_audio_transcription: { model: true },
  },
  item_id: true,
  event_id: true,
  stream_id: true,
};

/** Those of the places whose values are lists. */
const LISTS = ['response.output', 'output', 'content'];
const MAX_ITEMS = 10_000;

/** Up to this size a document is kept and parsed whole, which is faster; above it is scanned as it comes. */
const WHOLE_LIMIT_BYTES = 16 * 1024;

/** Reads one document's bytes in pieces; `end()` gives what it held. Reusable. */
export class FindingReader {
  private pieces: Buffer[] = [];
  private size = 0;
  private scanner: JsonScanner | undefined;
  /** What the scanner found, in the shape of the document. */
  private found: Fields = {};
  /** The same of the item of a list that is being scanned. */
  private item: Fields = {};

  push(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.scanner === undefined) {
      if (this.size <= WHOLE_LIMIT_BYTES) {
        const piece = Buffer.from(bytes);
        // Mostly the only one: a list that is pushed to has room for 17.
        if (this.pieces.length === 0) this.pieces = [piece];
        else this.pieces.push(piece);
        return;
      }
      this.scan();
    }
    this.scanner?.push(bytes);
  }

  end(): DocumentFinding {
    if (this.size === 0) return { type: '' };
    const document = this.scanner === undefined ? this.parse() : this.found;
    this.pieces = [];
    this.size = 0;
    this.scanner = undefined;
    this.found = {};
    this.item = {};
    return findingOf(document);
  }

  private parse(): unknown {
    const [first] = this.pieces;
    const bytes = this.pieces.length === 1 ? (first as Buffer) : Buffer.concat(this.pieces);
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch {
      // Cut short, or with something behind it: what is there is found all the same.
      this.scan();
      return this.found;
    }
  }

  private scan(): void {
    // A key that stands twice counts as JSON.parse has it: the last one.
    const scanner = new JsonScanner(ANSWER_KEYS, {
      onValue: (value) => this.take(value),
      onItem: (path) => this.takeItem(path),
    });
    this.scanner = scanner;
    for (const piece of this.pieces) scanner.push(piece);
    this.pieces = [];
  }

  private take({ path, text }: CapturedValue): void {
    const list = LISTS.find((one) => path.startsWith(`${one}.`));
    if (list === undefined) place(this.found, path, parseCaptured(text));
    else place(this.item, path.slice(list.length + 1), parseCaptured(text));
  }

  /** The list itself is not kept: an answer may have any number of items. */
  private takeItem(path: string): void {
    const { item } = this;
    this.item = {};
    if (!isHostedCall(item)) return;
    const list = listAt(this.found, path);
    if (list.length < MAX_ITEMS) list.push(item);
  }
}

function place(into: Fields, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let target = into;
  for (const key of keys) {
    const inner = documentFieldsOf(target[key]) ?? {};
    target[key] = inner;
    target = inner;
  }
  target[last] = value;
}

function listAt(found: Fields, path: string): unknown[] {
  const [first = '', second] = path.split('.');
  const holder = second === undefined ? found : (documentFieldsOf(found[first]) ?? {});
  if (second !== undefined) found[first] = holder;
  const key = second ?? first;
  const list = Array.isArray(holder[key]) ? holder[key] : [];
  holder[key] = list;
  return list;
}
