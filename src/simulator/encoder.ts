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
        stream.write(piece, () => {
          stream.flush(() => {
            stream.off('error', reject);
            resolve(take());
          });
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

type Flushing = Transform & { flush(callback: () => void): void };

const STREAMS: Record<Encoding, () => Flushing> = {
  gzip: () => zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: () => zlib.createDeflate({ flush: zlib.constants.Z_SYNC_FLUSH }),
  br: () => zlib.createBrotliCompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => zlib.createZstdCompress({ flush: zlib.constants.ZSTD_e_flush }) as unknown as Flushing,
};
