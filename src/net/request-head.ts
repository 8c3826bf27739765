/** What no value may hold: anything but text of RFC 9110 section 5.5. A line end in it would begin a field of its own. */
const INVALID_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const INVALID_PATH = /[^\x21-\xff]/;

/** What a request's head says. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  /** Fields as fieldLines gives them. */
  readonly lines: string;
  /** Fields that follow those, flat: names and values, the body's framing among them. */
  readonly fields: readonly string[];
}

/**
 * The head of a request as it goes out, to be written as latin1. Throws TypeError (code ERR_INVALID_CHAR) for a path or
 * a value that is not valid HTTP; names have been checked by whoever read them.
 */
export function requestHead({ method, path, host, lines, fields }: RequestHead): string {
  if (INVALID_PATH.test(path)) throw invalid('path');
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines}${fieldLines(fields)}Connection: keep-alive\r\n\r\n`;
}

/** Fields, a flat list, as they stand in a head. Throws as requestHead does. */
export function fieldLines(fields: readonly string[]): string {
  // Joined from a list the text is one piece at once, and not a tree of pieces to be put together when it is written.
  const parts: string[] = [];
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1] as string;
    if (INVALID_VALUE.test(value)) throw invalid('field');
    parts.push(fields[i] as string, ': ', value, '\r\n');
  }
  return parts.join('');
}

function invalid(what: string): TypeError {
  return Object.assign(new TypeError(`Invalid character in a ${what}`), { code: 'ERR_INVALID_CHAR' });
}
