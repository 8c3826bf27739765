import http from 'node:http';
import { ClientFields } from '../shared/client-fields.js';
import { createFieldLookup } from './field-lookup.js';

type Name = keyof ClientFields;

const NAMES = Object.keys(new ClientFields()) as Name[];
const KNOWN: ReadonlySet<string> = new Set(NAMES);
/** Of these the first counts; the values of any other that comes twice are joined. As node:http has it. */
const FIRST_COUNTS: ReadonlySet<Name> = new Set<Name>([
  'authorization',
  'content-length',
  'content-type',
  'host',
  'user-agent',
]);

const nameOf = createFieldLookup<Name | ''>(NAMES, (name) => (KNOWN.has(name) ? (name as Name) : ''), '');

/** What of `rawHeaders`, a flat list as node:http gives it, is looked at. */
export function readClientFields(rawHeaders: readonly string[]): ClientFields {
  const fields = new ClientFields();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = nameOf(rawHeaders[i] as string);
    if (name === '') continue;
    const value = rawHeaders[i + 1] as string;
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else if (!FIRST_COUNTS.has(name)) fields[name] = `${before}, ${value}`;
  }
  return fields;
}

/** A client's request. Its `headers` are only the fields that are looked at; all of them are in `rawHeaders`. */
export class IncomingRequest extends http.IncomingMessage {
  declare headers: Pick<ClientFields, Name>;
  private fields: ClientFields | undefined = undefined;

  // node:http itself asks each request whether it expects a "100 Continue", and reads every field for that.
  static {
    Object.defineProperty(IncomingRequest.prototype, 'headers', {
      get(this: IncomingRequest): ClientFields {
        this.fields ??= readClientFields(this.rawHeaders);
        return this.fields;
      },
    });
  }
}
