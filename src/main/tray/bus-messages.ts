/** Messages of D-Bus as bytes, as far as listening needs them. Pure. */

export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Counts up from 1 within a connection. */
  readonly serial: number;
  /** The one argument there may be. */
  readonly text?: string;
}

export interface Message {
  readonly type: 'signal' | 'other';
  readonly member: string;
  readonly texts: readonly string[];
  /** Of the message, in bytes. */
  readonly length: number;
}

/** Of the header. */
const FIXED = 16;
const SIGNAL = 4;
const FIELD = { path: 1, interface: 2, member: 3, destination: 6, signature: 8 };
const NO_REPLY = 1;

/** A call whose answer nobody waits for. */
export function writeCall({ destination, path, interface: name, member, serial, text }: Call): Buffer {
  const body = text === undefined ? Buffer.alloc(0) : long(text);
  const fields = [
    field(FIELD.path, 'o', long(path)),
    field(FIELD.interface, 's', long(name)),
    field(FIELD.member, 's', long(member)),
    field(FIELD.destination, 's', long(destination)),
    ...(text === undefined ? [] : [field(FIELD.signature, 'g', short('s'))]),
  ];
  // Each begins at a multiple of eight; what follows the last one too.
  const padded = fields.map((bytes, index) => (index < fields.length - 1 ? pad(bytes) : bytes));
  const list = Buffer.concat(padded);
  const head = Buffer.alloc(FIXED);
  head.write('l');
  head.set([1, NO_REPLY, 1], 1);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(list.length, 12);
  return Buffer.concat([head, pad(list), body]);
}

/** The message at the beginning of `bytes`; undefined while it is not there whole. Throws a RangeError for what is none. */
export function readMessage(bytes: Buffer): Message | undefined {
  if (bytes.length < FIXED) return undefined;
  const isLittle = bytes[0] === 0x6c;
  const number = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const text = (at: number) => bytes.toString('utf8', at + 4, at + 4 + number(at));
  const fieldsEnd = FIXED + number(12);
  const bodyStart = align(fieldsEnd, 8);
  const length = bodyStart + number(4);
  if (bytes.length < length) return undefined;

  let member = '';
  let signature = '';
  for (let at = FIXED; at < fieldsEnd; ) {
    const code = bytes.readUInt8(at);
    const type = bytes.toString('latin1', at + 2, at + 3);
    const value = at + 4;
    if (code === FIELD.member) member = text(value);
    if (code === FIELD.signature) signature = bytes.toString('latin1', value + 1, value + 1 + bytes.readUInt8(value));
    at = align(value + (type === 'g' ? bytes.readUInt8(value) + 2 : type === 'u' ? 4 : number(value) + 5), 8);
  }
  const texts: string[] = [];
  if (/^s+$/.test(signature)) {
    for (let at = bodyStart; at < length; at = align(at + 4 + number(at) + 1, 4)) texts.push(text(at));
  }
  return { type: bytes[1] === SIGNAL ? 'signal' : 'other', member, texts, length };
}

function field(code: number, type: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code, 1, type.charCodeAt(0), 0]), value]);
}

/** A text with its length in four bytes. */
function long(text: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(Buffer.byteLength(text));
  return Buffer.concat([size, Buffer.from(`${text}\0`)]);
}

function short(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(`${text}\0`)]);
}

function pad(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(align(bytes.length, 8) - bytes.length)]);
}

function align(at: number, to: number): number {
  return Math.ceil(at / to) * to;
}
