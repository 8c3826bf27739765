import { isLoopbackHost } from '../net/loopback.js';
import { callService, UnreachableError } from '../net/service-call.js';
import { DAY_MS } from '../shared/calendar.js';
import { MeshbarError, toMeshbarError } from '../shared/errors.js';
import type { Statement } from '../words/index.js';
import { parsePriceList, readPriceFile, writePriceFile } from './price-file.js';

/**
 * Fetches the list and keeps it in `file`. Nothing is sent but the request itself. Rejects with MeshbarError
 * (prices_unavailable), and then the list that was there stays.
 */
export async function fetchPrices(url: string, file: string): Promise<void> {
  const { protocol, hostname, origin, pathname, search } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname))) {
    throw new MeshbarError('prices_unavailable', { why: 'https' });
  }
  const { status, text } = await callService(origin, { method: 'GET', path: pathname + search }).catch(
    (error: unknown) => {
      const { facts: problem } = error instanceof UnreachableError ? error : toMeshbarError(error);
      throw new MeshbarError('prices_unavailable', { why: 'unreachable', problem });
    },
  );
  if (status !== 200) throw new MeshbarError('prices_unavailable', { why: 'status', host: hostname, status });
  const providers = parsePriceList(text);
  if (!providers) throw new MeshbarError('prices_unavailable', { why: 'no_list', host: hostname });
  await writePriceFile(file, { fetchedAt: Date.now(), providers }).catch(() => {
    throw new MeshbarError('prices_unavailable', { why: 'unwritten', file });
  });
}

export interface PriceUpdatesOptions {
  readonly url: string;
  readonly file: string;
  readonly onUpdated: () => void;
  readonly onProblem: (problem: Statement) => void;
}

/** Fetches the list now, unless it was fetched within a day, and then once a day. Gives what ends that. */
export function keepPricesUpToDate({ url, file, onUpdated, onProblem }: PriceUpdatesOptions): () => void {
  const update = () => {
    const fetchedAt = readPriceFile(file)?.fetchedAt ?? 0;
    if (Math.abs(Date.now() - fetchedAt) < DAY_MS) return;
    fetchPrices(url, file).then(onUpdated, (error: unknown) => onProblem(toMeshbarError(error).facts));
  };
  const timer = setInterval(update, DAY_MS / 4);
  timer.unref();
  update();
  return () => clearInterval(timer);
}
