/** What no value may hold: anything but text of RFC 9110 section 5.5. A line end in it would begin a field of its own. */
const INVALID_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const INVALID_PATH = /[^\x21-\xff]/;

/**
 * The head of a request as it goes out, to be written as latin1. `fields` is flat: names and values, Host and the
 * body's framing among them. Throws TypeError (code ERR_INVALID_CHAR) for a path or a value that is not valid HTTP;
 * names have been checked by whoever read them.
 */
export function requestHead(method: string, path: string, fields: readonly string[]): string {
  if (INVALID_PATH.test(path)) throw invalid('path');
  let head = `${method} ${path} HTTP/1.1\r\n`;
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1] as string;
    if (INVALID_VALUE.test(value)) throw invalid('field');
    head += `${fields[i]}: ${value}\r\n`;
  }
  return `${head}Connection: keep-alive\r\n\r\n`;
}

function invalid(what: string): TypeError {
  return Object.assign(new TypeError(`Invalid character in a ${what}`), { code: 'ERR_INVALID_CHAR' });
}
