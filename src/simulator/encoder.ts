import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

export type Encoding = 'gzip' | 'br' | 'zstd' | 'deflate';

/** Compresses piece by piece; what was given in can be read from what came out, as streams of events need it. */
export interface Encoder {
  encode(piece: Buffer): Promise<Buffer>;
  end(): Promise<Buffer>;
}

export function createEncoder(encoding: Encoding): Encoder {
  const stream = STREAMS[encoding]();
  let out: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => out.push(chunk));
  const take = () => {
    const bytes = Buffer.concat(out);
    out = [];
    return bytes;
  };
  return {
    encode: (piece) =>
      new Promise((resolve, reject) => {
        stream.once('error', reject);
        // What came of it is handed out within the turn that calls back.
        stream.write(piece, () => {
          stream.off('error', reject);
          setImmediate(() => resolve(take()));
        });
      }),
    end: () =>
      new Promise((resolve, reject) => {
        stream.once('error', reject);
        stream.once('end', () => resolve(take()));
        stream.end();
      }),
  };
}

/** Each flushes after every write. */
const STREAMS: Record<Encoding, () => Transform> = {
  gzip: () => zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: () => zlib.createDeflate({ flush: zlib.constants.Z_SYNC_FLUSH }),
  br: () => zlib.createBrotliCompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => zlib.createZstdCompress({ flush: zlib.constants.ZSTD_e_flush }),
};
