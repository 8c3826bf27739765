/** undici's codes of a connection that failed, and the system's code that says the same. */
const SYSTEM_CODES: Readonly<Record<string, string>> = {
  UND_ERR_SOCKET: 'ECONNRESET',
  UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
  UND_ERR_HEADERS_OVERFLOW: 'HPE_HEADER_OVERFLOW',
  UND_ERR_INVALID_ARG: 'ERR_INVALID_CHAR',
  UND_ERR_NOT_SUPPORTED: 'ERR_INVALID_CHAR',
};
/** What undici says of an answer that nobody asked for, such as 100 or 101. */
const NOT_ASKED_FOR = /^bad (?:response|upgrade)$/;

/** An error with a code that net/upstream-failure.ts knows: the system's, OpenSSL's or llhttp's (HPE_…). */
export function connectionError(code: string): Error & { code: string } {
  return Object.assign(new Error(code), { code });
}

/** llhttp's reason, which undici puts in parentheses: "… protocol (Invalid header token)". */
const REASON = /\(([A-Za-z][\w /-]*)[^()]*\)$/;

/**
 * What undici reports, in the codes of the system and of llhttp. `hasEnded`: the server has closed the connection. A
 * connector must never hand on UND_ERR_SOCKET itself: undici takes it for something that passes, and connects again for
 * ever.
 */
export function asConnectionError(error: Error, hasEnded = false): Error {
  const { code } = error as { code?: unknown };
  if (error.name === 'HTTPParserError') {
    const reason = REASON.exec(error.message)?.[1] ?? 'invalid answer';
    return connectionError(
      `HPE_${reason
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]+/g, '_')
        .replace(/_$/, '')}`,
    );
  }
  // Said of a body that was cut, and also, in place of the reason, of bytes that are no answer.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return connectionError(hasEnded ? 'ECONNRESET' : 'HPE_UNEXPECTED_CONTENT_LENGTH');
  }
  if (code === 'UND_ERR_SOCKET' && NOT_ASKED_FOR.test(error.message)) return connectionError('HPE_UNEXPECTED_MESSAGE');
  const known = typeof code === 'string' ? SYSTEM_CODES[code] : undefined;
  return known === undefined ? error : connectionError(known);
}
