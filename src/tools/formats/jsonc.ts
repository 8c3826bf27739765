import { findNodeAtLocation, type Node, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type ConfigFormat, type ConfigPath, ConfigSyntaxError, lineAt, newlineOf, splice } from './config-format.js';
import { insertProperty, removeProperty } from './jsonc-property.js';

const LENIENT = { allowTrailingComma: true };

/**
 * JSON, with the comments and trailing commas that editors allow. Edited here, since jsonc-parser's own edits set the
 * lines around them again, and take comments out with what they remove.
 */
export const jsonc: ConfigFormat = {
  name: 'JSON',
  parse(text) {
    const errors: ParseError[] = [];
    const value: unknown = parse(withoutBom(text), errors, LENIENT);
    const isEmpty = rootOf(text) === undefined;
    const [error] = errors;
    if (error && !isEmpty) {
      const detail = spaced(printParseErrorCode(error.error));
      throw new ConfigSyntaxError(lineAt(text, error.offset), { why: 'parser', detail });
    }
    if (isEmpty && bare(text) !== '') throw new ConfigSyntaxError(1, { why: 'no_value' });
    return isEmpty ? undefined : value;
  },
  set(text, path, value) {
    const keys = keysOf(path);
    const root = rootOf(text);
    // A file of comments, or of nothing, gets its object after them.
    if (!root) return jsonc.set(`${withEnd(text)}{}${newlineOf(text)}`, path, value);
    const there = findNodeAtLocation(root, keys);
    if (there) return splice(text, there.offset, there.length, JSON.stringify(value));
    let depth = keys.length - 1;
    while (depth > 0 && !findNodeAtLocation(root, keys.slice(0, depth))) depth -= 1;
    const holder = findNodeAtLocation(root, keys.slice(0, depth)) as Node;
    const rest = keys.slice(depth + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    return insertProperty(text, holder, keys[depth] as string, rest);
  },
  remove(text, path) {
    const node = rootOf(text) && findNodeAtLocation(rootOf(text) as Node, keysOf(path));
    return node?.parent ? removeProperty(text, node.parent) : text;
  },
};

function rootOf(text: string): Node | undefined {
  return parseTree(withoutBom(text), [], LENIENT);
}

/** Of the same length. */
function withoutBom(text: string): string {
  return text.replace(/^\uFEFF/, ' ');
}

/** No tool keeps in a JSON list what Meshbar sets. */
function keysOf(path: ConfigPath): string[] {
  return path.map((part) => {
    if (typeof part !== 'string') throw new TypeError('Lists of JSON are not edited.');
    return part;
  });
}

function withEnd(text: string): string {
  return /(?:^\uFEFF?|\n)$/.test(text) ? text : text + newlineOf(text);
}

/** What is left without comments and blanks. */
function bare(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|[\s\uFEFF]/g, '');
}

/** "CommaExpected" as words. */
function spaced(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
