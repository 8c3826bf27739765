import {
  applyEdits,
  type JSONPath,
  modify,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type ConfigFormat, type ConfigPath, ConfigSyntaxError, lineAt, newlineOf } from './config-format.js';

const LENIENT = { allowTrailingComma: true };

/** JSON, with the comments and trailing commas that editors allow. */
export const jsonc: ConfigFormat = {
  name: 'JSON',
  parse(text) {
    const errors: ParseError[] = [];
    const value: unknown = parse(text.replace(/^\uFEFF/, ' '), errors, LENIENT);
    const isEmpty = parseTree(text, [], LENIENT) === undefined;
    const [error] = errors;
    if (error && !isEmpty) {
      throw new ConfigSyntaxError(lineAt(text, error.offset), spaced(printParseErrorCode(error.error)));
    }
    if (isEmpty && bare(text) !== '') throw new ConfigSyntaxError(1, 'a value is expected');
    return isEmpty ? undefined : value;
  },
  set(text, path, value) {
    // A file of comments, or of nothing, gets its object after them.
    const whole = parseTree(text, [], LENIENT) === undefined ? `${endLine(text)}{}${newlineOf(text)}` : text;
    return change(whole, path, value);
  },
  remove: (text, path) => change(text, path, undefined),
};

function change(text: string, path: ConfigPath, value: unknown): string {
  const formattingOptions = { ...indentOf(text), eol: newlineOf(text) };
  return applyEdits(text, modify(text, keysOf(path), value, { formattingOptions }));
}

/** No tool keeps in a JSON list what Meshbar sets. */
function keysOf(path: ConfigPath): JSONPath {
  return path.map((part) => {
    if (typeof part !== 'string') throw new TypeError('Lists of JSON are not edited.');
    return part;
  });
}

function indentOf(text: string): { insertSpaces: boolean; tabSize: number } {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return indent.startsWith('\t') ? { insertSpaces: false, tabSize: 4 } : { insertSpaces: true, tabSize: indent.length };
}

function endLine(text: string): string {
  return bareEnd(text) ? text : text + newlineOf(text);
}

function bareEnd(text: string): boolean {
  return text === '' || text === '\uFEFF' || text.endsWith('\n');
}

/** What is left without comments and blanks. */
function bare(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|[\s\uFEFF]/g, '');
}

/** "CommaExpected" as words. */
function spaced(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
