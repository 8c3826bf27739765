import { parse, parseDocument, patch } from '@decimalturn/toml-patch';
import {
  type ConfigFormat,
  type ConfigPath,
  ConfigSyntaxError,
  type ConfigValue,
  lineStart,
  newlineOf,
  nextLine,
  splice,
} from './config-format.js';
import { isMapping, putValue, valueAt } from './values.js';

/**
 * TOML. Keys and tables of a line of their own are edited here; what is in inline tables is left to toml-patch,
 * which would write new tables as inline ones above the others.
 */
export const toml: ConfigFormat = {
  name: 'TOML',
  parse(text) {
    try {
      return ordinary(parse(text));
    } catch (error) {
      throw syntaxError(error);
    }
  },
  set(text, path, value) {
    const keys = keysOf(path);
    const { rows, tables } = layoutOf(text);
    const row = rows.find((one) => isSame(one.path, keys));
    if (row) return splice(text, row.value[0], row.value[1] - row.value[0], literal(value));
    const parent = keys.slice(0, -1);
    const table = tables.find((one) => isSame(one.path, parent));
    const line = `${quoteKey(keys.at(-1) as string)} = ${literal(value)}`;
    if (table || parent.length === 0)
      return insertLine(text, table?.end ?? rows.findLast(({ isRoot }) => isRoot)?.value[1], line);
    if (isTakenInline(text, parent, rows)) return patched(text, path, value);
    const newline = newlineOf(text);
    const header = `[${parent.map(quoteKey).join('.')}]`;
    const whole = text === '' || text.endsWith('\n') ? text : text + newline;
    return `${whole}${whole === '' ? '' : newline}${header}${newline}${line}${newline}`;
  },
  remove(text, path) {
    const keys = keysOf(path);
    const { rows, tables } = layoutOf(text);
    const row = rows.find((one) => isSame(one.path, keys));
    if (row) return cut(text, lineStart(text, row.start), nextLine(text, row.value[1]));
    const table = tables.find((one) => isSame(one.path, keys));
    const isEmpty = !rows.some((one) => isSame(one.path.slice(0, keys.length), keys));
    if (!table || !isEmpty) return valueAt(parse(text), path) === undefined ? text : patched(text, path, undefined);
    // With the blank line that parted it from what stands above, and without the comments in it.
    const start = lineStart(text, table.start);
    const above = lineStart(text, start - 1);
    return cut(text, start > 0 && text.slice(above, start).trim() === '' ? above : start, nextLine(text, table.head));
  },
};

interface Row {
  readonly path: readonly string[];
  readonly start: number;
  /** From where to where its value stands. */
  readonly value: readonly [number, number];
  /** Above the first table. */
  readonly isRoot: boolean;
}

interface TablePlace {
  readonly path: readonly string[];
  readonly start: number;
  /** Where its header ends. */
  readonly head: number;
  /** Where the last thing in it ends, its header where it is empty. */
  readonly end: number;
}

interface Placed {
  readonly loc: { readonly start: Place; readonly end: Place };
}

/** `line` counts from 1, `column` from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Key-value rows and tables of the text, by the path they have in the whole; those in arrays of tables are left out. */
function layoutOf(text: string): { rows: Row[]; tables: TablePlace[] } {
  const rows: Row[] = [];
  const tables: TablePlace[] = [];
  const lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, column }: Place) => (lines[line - 1] ?? text.length) + column;
  const span = ({ loc }: Placed) => [offset(loc.start), offset(loc.end)] as const;
  for (const block of parseDocument(text).cst) {
    if ('equals' in block) {
      rows.push({ path: block.key.value, start: span(block)[0], value: span(block.value), isRoot: true });
    } else if ('items' in block && `${block.type}` === 'Table') {
      const path = block.key.item.value;
      const [start, head] = span(block.key);
      let end = head;
      for (const item of block.items) {
        const [from, to] = span(item);
        if ('equals' in item) {
          rows.push({ path: [...path, ...item.key.value], start: from, value: span(item.value), isRoot: false });
          end = to;
        } else if (from >= end && !/\n[ \t\r]*\n/.test(text.slice(end, from))) {
          // A comment after a blank line belongs to what follows; one before the end stands inside the value, in a list.
          end = to;
        }
      }
      tables.push({ path, start, head, end });
    }
  }
  return { rows, tables };
}

/** A line after that of `offset`; before everything else where there is no offset. */
function insertLine(text: string, offset: number | undefined, line: string): string {
  const newline = newlineOf(text);
  if (offset === undefined) {
    const bom = text.startsWith('\uFEFF') ? 1 : 0;
    return splice(text, bom, 0, line + newline);
  }
  const at = nextLine(text, offset);
  const before = text.slice(0, at);
  return before.endsWith('\n') ? splice(text, at, 0, line + newline) : `${text}${newline}${line}${newline}`;
}

/** Whether a table of that path can't get a header: an inline table or a dotted key has made it, or what holds it. */
function isTakenInline(text: string, path: readonly string[], rows: readonly Row[]): boolean {
  const made = rows.some((row) => path.every((key, i) => row.path[i] === undefined || row.path[i] === key));
  return made && valueAt(parse(text), path.slice(0, 1)) !== undefined;
}

function patched(text: string, path: ConfigPath, value: ConfigValue | undefined): string {
  return patch(text, putValue(parse(text), path, value));
}

/** The package's tables have no prototype, and would differ from any object made here. */
function ordinary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordinary);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, ordinary(child)]));
}

function cut(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(to);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

function keysOf(path: ConfigPath): string[] {
  return path.map((part) => {
    if (typeof part !== 'string') throw new TypeError('Lists of TOML are not edited.');
    return part;
  });
}

function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

/** A basic string takes JSON's escapes (TOML 1.0, "String"); DEL apart, which JSON leaves as it is. */
function literal(value: ConfigValue): string {
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\x7f', '\\u007F');
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new TypeError('Only texts, numbers and switches are written to TOML.');
}

function syntaxError(error: unknown): ConfigSyntaxError {
  const { line, message } = error as { line?: unknown; message: string };
  const detail = message.split('\n').at(-1)?.trim() || 'unknown error';
  return new ConfigSyntaxError(typeof line === 'number' ? line : 1, { why: 'parser', detail });
}
