import { isLoopbackHost } from '../net/loopback.js';
import { callService } from '../net/service-call.js';
import { MeshbarError } from '../shared/errors.js';
import { parsePriceList, readPriceFile, writePriceFile } from './price-file.js';

const DAY_MS = 86_400_000;

/**
 * Fetches the list and keeps it in `file`. Nothing is sent but the request itself. Rejects with MeshbarError
 * (prices_unavailable), and then the list that was there stays.
 */
export async function fetchPrices(url: string, file: string): Promise<void> {
  const { protocol, hostname, origin, pathname, search } = new URL(url);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname))) {
    throw unavailable('it must come over https');
  }
  const answer = await callService(origin, { method: 'GET', path: pathname + search }).catch((error: Error) => {
    throw unavailable(error.message.replace(/\.$/, ''));
  });
  if (answer.status !== 200) throw unavailable(`${hostname} answered with status ${answer.status}`);
  const providers = parsePriceList(answer.text);
  if (!providers) throw unavailable(`what ${hostname} sent is not a price list`);
  await writePriceFile(file, { fetchedAt: Date.now(), providers }).catch(() => {
    throw unavailable(`${file} can't be written`);
  });
}

export interface PriceUpdatesOptions {
  readonly url: string;
  readonly file: string;
  readonly onUpdated: () => void;
  readonly onProblem: (message: string) => void;
}

/** Fetches the list now, unless it was fetched within a day, and then once a day. Gives what ends that. */
export function keepPricesUpToDate({ url, file, onUpdated, onProblem }: PriceUpdatesOptions): () => void {
  const update = () => {
    const fetchedAt = readPriceFile(file)?.fetchedAt ?? 0;
    if (Math.abs(Date.now() - fetchedAt) < DAY_MS) return;
    fetchPrices(url, file).then(onUpdated, ({ message }: Error) => onProblem(message));
  };
  const timer = setInterval(update, DAY_MS / 4);
  timer.unref();
  update();
  return () => clearInterval(timer);
}

function unavailable(reason: string): MeshbarError {
  return new MeshbarError('prices_unavailable', `The price list was not updated: ${reason}. The one before stays.`);
}
