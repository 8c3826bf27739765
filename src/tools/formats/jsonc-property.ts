import { createScanner, type Node } from 'jsonc-parser';
import { lineStart, newlineOf, nextLine, splice } from './config-format.js';

/** Values of jsonc-parser's SyntaxKind, a const enum that does not outlive its types. */
const COMMA = 5;
const TRIVIA: ReadonlySet<number> = new Set([12, 13, 14, 15]);
const END = 17;

/** The text with a property at the end of an object: on a line of its own where the object is written in lines. */
export function insertProperty(text: string, object: Node, key: string, value: unknown): string {
  const last = object.children?.at(-1);
  const newline = newlineOf(text);
  const inner = text.slice(object.offset + 1, object.offset + object.length - 1);
  if (!last) {
    const indent = indentAt(text, object.offset);
    const property = propertyText(text, key, value, indent + unitOf(text));
    const isBare = inner.trim() === '';
    const end = isBare ? newline + indent : '';
    const line = `${newline}${indent}${unitOf(text)}${property}${end}`;
    return splice(text, object.offset + 1, isBare ? inner.length : 0, line);
  }
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  const at = comma === undefined ? end : comma + 1;
  if (!inner.includes('\n')) {
    const pair = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    const gap = inner.startsWith(' ') ? ' ' : '';
    return splice(text, at, 0, comma === undefined ? `,${gap}${pair}` : `${gap}${pair},`);
  }
  const indent = indentAt(text, last.offset);
  const property = `${newline}${indent}${propertyText(text, key, value, indent)}`;
  // Behind a comment that ends the line: it is about what is before it.
  const lineEnd = restOfLine(text, at);
  const tail = /^[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[^\n])*\*\/[ \t]*)?$/.test(text.slice(at, lineEnd)) ? lineEnd : at;
  const withProperty = splice(text, tail, 0, comma === undefined ? property : `${property},`);
  return comma === undefined ? splice(withProperty, end, 0, ',') : withProperty;
}

/** The text without a property, with its line where it has one of its own; comments stay. */
export function removeProperty(text: string, property: Node): string {
  const start = property.offset;
  const end = start + property.length;
  const comma = commaAfter(text, end);
  let edited = cutLine(text, start, comma === undefined ? end : comma + 1);
  const siblings = property.parent?.children ?? [];
  const before = siblings[siblings.indexOf(property) - 1];
  if (comma === undefined && before) {
    const extra = commaAfter(text, before.offset + before.length);
    if (extra !== undefined) edited = splice(edited, extra, 1, '');
  }
  return edited;
}

function cutLine(text: string, from: number, to: number): string {
  const start = lineStart(text, from);
  const end = nextLine(text, to);
  const isAlone = text.slice(start, from).trim() === '' && text.slice(to, end).trim() === '' && text[end - 1] === '\n';
  if (isAlone) return text.slice(0, start) + text.slice(end);
  // What parted it from the one before goes with it.
  const gap = /[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  return text.slice(0, from - gap) + text.slice(to);
}

function propertyText(text: string, key: string, value: unknown, indent: string): string {
  const block = JSON.stringify(value, undefined, unitOf(text)).replaceAll('\n', newlineOf(text) + indent);
  return `${JSON.stringify(key)}: ${block}`;
}

/** Where the next token is a comma; undefined where it is something else. */
function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, false);
  scanner.setPosition(offset);
  let token: number = scanner.scan();
  while (TRIVIA.has(token) && token !== END) token = scanner.scan();
  return token === COMMA ? scanner.getTokenOffset() : undefined;
}

function restOfLine(text: string, offset: number): number {
  const end = nextLine(text, offset);
  return end - (/\r?\n$/.exec(text.slice(offset, end))?.[0].length ?? 0);
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** One step of the text's indentation. */
function unitOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
}
