import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

/** What undoes a content coding (RFC 9110, section 8.4.1); undefined for one that we don't know, or several. */
export function createDecoder(encoding: string): Transform | undefined {
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip();
  if (encoding === 'deflate') return zlib.createInflate();
  if (encoding === 'br') return zlib.createBrotliDecompress();
  if (encoding === 'zstd') return zlib.createZstdDecompress();
  return undefined;
}
