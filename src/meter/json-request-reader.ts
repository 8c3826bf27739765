import { type CapturedValue, JsonScanner, parseCaptured, type WantedKeys } from '../shared/json.js';
import type { ModelListener, RequestReader } from './request-reader.js';

const MODEL_LIMIT = 200;
const TIER_LIMIT = 40;
const WINDOW_BYTES = 4096;

/** What of a request is looked for, besides its model. */
export type RequestWants = 'model' | 'tier' | 'session' | 'characters' | 'images';

const WANTED: Readonly<Record<RequestWants, WantedKeys>> = {
  model: { model: true },
  tier: { model: true, service_tier: true },
  session: { model: true, session: { model: true } },
  characters: { model: true, input: true },
  images: { model: true, n: true },
};
/** As the API does where none is asked for. */
const NO_TIER = 'default';

export class JsonRequestReader implements RequestReader {
  model: string | undefined;
  inputCharacters: number | undefined;
  images: number | undefined;
  private tier: string | undefined;
  private readonly scanner: JsonScanner;

  constructor(
    private readonly wants: RequestWants,
    private readonly listener: ModelListener | undefined,
  ) {
    this.scanner = new JsonScanner(WANTED[wants], { onValue: (value) => this.take(value) });
    if (wants === 'images') this.images = 1;
  }

  /** Nothing that is wanted can come any more. */
  get isDone(): boolean {
    if (this.scanner.finished) return true;
    return this.model !== undefined && (this.wants === 'model' || (this.wants === 'tier' && this.tier !== undefined));
  }

  push(chunk: Buffer): void {
    if (this.wants !== 'model') {
      if (!this.isDone) this.scanner.push(chunk);
      return;
    }
    // The model mostly is in front: a prompt of any size behind it is not looked at.
    for (let from = 0; from < chunk.length && this.model === undefined; from += WINDOW_BYTES) {
      this.scanner.push(chunk.subarray(from, from + WINDOW_BYTES));
    }
  }

  end(done: () => void): void {
    done();
  }

  get serviceTier(): string | undefined {
    if (this.wants !== 'tier') return undefined;
    return this.tier ?? (this.scanner.finished ? NO_TIER : undefined);
  }

  private take({ path, text }: CapturedValue): void {
    const value = parseCaptured(text);
    if ((path === 'model' || path === 'session.model') && typeof value === 'string') {
      this.model = value.slice(0, MODEL_LIMIT);
      this.listener?.onModel(this.model);
    }
    if (path === 'service_tier') this.tier = typeof value === 'string' ? value.slice(0, TIER_LIMIT) : NO_TIER;
    if (path === 'input' && typeof value === 'string') this.inputCharacters = [...value].length;
    if (path === 'n' && typeof value === 'number' && Number.isInteger(value) && value > 0) this.images = value;
  }
}
