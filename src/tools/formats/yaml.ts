import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
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
import { isItem, putValue, valueAt } from './values.js';

/**
 * YAML: a key of the file's mapping, or an item of a list under one. Lines are put in and taken out where the mapping or
 * list is written in lines; what is written in braces is left to the package, which may set it again.
 */
export const yaml: ConfigFormat = {
  name: 'YAML',
  parse(text) {
    const lineCounter = new LineCounter();
    const documents = parseAllDocuments(text, { lineCounter });
    if (!Array.isArray(documents) || documents.length === 0) return undefined;
    const [first, second] = documents;
    const [error] = first?.errors ?? [];
    if (error) {
      const detail = error.message.split(/ at line |\n/)[0] as string;
      throw new ConfigSyntaxError(error.linePos?.[0].line ?? 1, { why: 'parser', detail });
    }
    if (second) {
      throw new ConfigSyntaxError(lineCounter.linePos(second.range[0]).line, { why: 'second_document' });
    }
    return (first?.toJS() as unknown) ?? undefined;
  },
  set(text, path, value) {
    const document = parseDocument(text, { keepSourceTokens: true });
    const [key, item] = path;
    const root = document.contents;
    if (typeof key !== 'string' || path.length > 2) throw new TypeError('YAML is edited at its top alone.');
    if (root === null || (isScalar(root) && root.value === null)) {
      return appendLines(text, text.length, entryLines(key, item === undefined ? value : [value], 0));
    }
    if (!isMap(root) || root.flow) return rewritten(document, text, path, value);
    const pair = pairOf(root, key);
    if (!pair) {
      const lines = entryLines(key, item === undefined ? value : [value], columnOf(text, startOf(root)));
      return appendLines(text, endOf(root, text), lines);
    }
    if (item === undefined) return setScalar(document, text, pair, path, value);
    return setItem(document, text, pair, path, value);
  },
  remove(text, path) {
    if (valueAt(yaml.parse(text), path) === undefined) return text;
    const document = parseDocument(text, { keepSourceTokens: true });
    const [key, item] = path;
    const root = document.contents;
    const pair = isMap(root) && !root.flow && typeof key === 'string' ? pairOf(root, key) : undefined;
    if (!pair) return rewritten(document, text, path, undefined);
    const list = pair.value;
    if (item === undefined) return cutLines(text, rangeOf(pair.key)[0], endOfValue(pair, text));
    if (!isSeq(list) || list.flow || typeof item === 'string') return rewritten(document, text, path, undefined);
    const at = list.items.findIndex((one) => isItem(plain(document, one), item));
    return cutLines(text, dashOf(list, at), rangeOf(list.items[at])[1]);
  },
};

type Range = readonly [number, number, number];

function rangeOf(node: unknown): Range {
  return (node as { range: Range }).range;
}

function plain(document: Document, node: unknown): unknown {
  return isScalar(node) ? node.value : (node as YAMLMap).toJS(document);
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === key);
}

function setScalar(document: Document, text: string, pair: Pair, path: ConfigPath, value: ConfigValue): string {
  // A block scalar, an anchor or a tag stands around the value: the package knows how to part with them.
  const isPlain =
    isScalar(pair.value) && !pair.value.anchor && !pair.value.tag && !/^BLOCK/.test(pair.value.type ?? '');
  if (!isPlain || (typeof value === 'object' && value !== null)) return rewritten(document, text, path, value);
  const [from, to] = valueRange(pair);
  const gap = from === to && !/\s/.test(text[from - 1] ?? '') ? ' ' : '';
  // On one line, whatever it holds: double quotes take JSON's escapes.
  const isOneLine = typeof value !== 'string' || !value.includes('\n');
  const shown = isOneLine ? stringify(value, { lineWidth: 0 }).trimEnd() : JSON.stringify(value);
  return splice(text, from, to - from, gap + shown);
}

function setItem(document: Document, text: string, pair: Pair, path: ConfigPath, value: ConfigValue): string {
  const list = pair.value;
  const item = path[1];
  if (isScalar(list) && list.value === null && !list.anchor) {
    const column = columnOf(text, rangeOf(pair.key)[0]);
    return appendLines(text, valueRange(pair)[1], itemLines(value, column + 2));
  }
  if (!isSeq(list) || list.flow || typeof item === 'string') return rewritten(document, text, path, value);
  const at = list.items.findIndex((one) => isItem(plain(document, one), item as { item: string }));
  const column = columnOf(text, dashOf(list, 0));
  if (at === -1) return appendLines(text, rangeOf(list.items.at(-1))[1], itemLines(value, column));
  const [from, to] = [lineStart(text, dashOf(list, at)), nextLine(text, rangeOf(list.items[at])[1] - 1)];
  return splice(text, from, to - from, joined(itemLines(value, column), newlineOf(text)));
}

/** From where to where a value stands. The package has an empty one behind the comments that follow: it is at its colon. */
function valueRange(pair: Pair): readonly [number, number] {
  const [from, to] = rangeOf(pair.value);
  if (from !== to) return [from, to];
  const { sep = [] } = (pair as { srcToken?: { sep?: readonly { type: string; offset: number }[] } }).srcToken ?? {};
  const colon = sep.find(({ type }) => type === 'map-value-ind');
  return colon ? [colon.offset + 1, colon.offset + 1] : [from, to];
}

/** Where the dash of a list's item stands. */
function dashOf(list: YAMLSeq, index: number): number {
  const token = list.srcToken as { items: { start: { type: string; offset: number }[] }[] };
  const dash = token.items[index]?.start.find(({ type }) => type === 'seq-item-ind');
  return dash?.offset ?? rangeOf(list.items[index])[0];
}

function startOf(map: YAMLMap): number {
  return rangeOf(map.items[0]?.key ?? map)[0];
}

function endOf(map: YAMLMap, text: string): number {
  const last = map.items.at(-1);
  return last ? endOfValue(last, text) : rangeOf(map)[1];
}

function endOfValue(pair: Pair, text: string): number {
  if (!pair.value) return rangeOf(pair.key)[1];
  let end = valueRange(pair)[1];
  // A list's range takes in the line's end, and the comments of the next key.
  if (isSeq(pair.value) && !pair.value.flow) end = rangeOf(pair.value.items.at(-1) ?? pair.value)[1];
  if (isMap(pair.value) && !pair.value.flow) end = endOf(pair.value, text);
  return end;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function entryLines(key: string, value: ConfigValue, column: number): string[] {
  return indented(stringify({ [key]: value }, { lineWidth: 0 }), column);
}

function itemLines(value: ConfigValue, column: number): string[] {
  return indented(stringify([value], { lineWidth: 0 }), column);
}

function indented(block: string, column: number): string[] {
  return block
    .trimEnd()
    .split('\n')
    .map((line) => ' '.repeat(column) + line);
}

function joined(lines: readonly string[], newline: string): string {
  return lines.map((line) => line + newline).join('');
}

/** Lines after the one that `offset` ends in. */
function appendLines(text: string, offset: number, lines: readonly string[]): string {
  const newline = newlineOf(text);
  const at = text[offset - 1] === '\n' || offset === 0 ? offset : nextLine(text, offset);
  const isEnded = at === 0 || text[at - 1] === '\n';
  return splice(text, at, 0, (isEnded ? '' : newline) + joined(lines, newline));
}

/** Without the lines from that of `from` to that which `to` ends in. */
function cutLines(text: string, from: number, to: number): string {
  const start = lineStart(text, from);
  const end = text[to - 1] === '\n' ? to : nextLine(text, to);
  return text.slice(0, start) + text.slice(end);
}

/** The whole text by the package: comments stay, blanks may not. */
function rewritten(document: Document, text: string, path: ConfigPath, value: ConfigValue | undefined): string {
  const [key] = path as [string];
  const wanted = putValue(yaml.parse(text), path, value);
  const child = valueAt(wanted, [key]);
  if (child === undefined) document.delete(key);
  else document.set(key, document.createNode(child));
  return document.toString({ lineWidth: 0 });
}
