/** 10 ** 15 is less than 2 ** 53: every length up to it is exact as a number. */
const EXACT_LENGTH = /^[0-9]{1,15}$/;

/**
 * Whether a body is framed in a way that two readers could take differently: what llhttp lets pass and we refuse, since
 * bytes of one answer must never become another's (RFC 9112 section 6). `fields` is flat, names and values; `version`
 * is the answer's, such as "1.1".
 */
export function isAmbiguouslyFramed(fields: readonly string[], version: string): boolean {
  if (version !== '1.1' && version !== '1.0') return true;
  let codings = 0;
  let lengths = 0;
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] as string;
    // Only these lengths are looked at: content-length and transfer-encoding.
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
      codings += 1;
      if ((fields[i + 1] as string).toLowerCase() !== 'chunked' || version === '1.0') return true;
    } else if (name.length === 14 && name.toLowerCase() === 'content-length') {
      lengths += 1;
      if (!EXACT_LENGTH.test(fields[i + 1] as string)) return true;
    }
  }
  return codings + lengths > 1;
}
