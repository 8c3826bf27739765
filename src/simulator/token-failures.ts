import type { Exchange } from './exchange.js';
import { pause } from './pause.js';
import type { TokenFailure } from './service.js';

const ANSWERS: Record<
  Exclude<TokenFailure, 'reset' | 'hang'>,
  readonly [status: number, type: string, body: string]
> = {
  invalid_grant: [400, 'application/json', '{"error":"invalid_grant","error_description":"Refused on demand."}'],
  server_error: [500, 'application/json', '{"error":"server_error","error_description":"Failed on demand."}'],
  unavailable: [503, 'text/plain', 'Service Unavailable'],
  not_json: [200, 'text/html', '<h1>Welcome to this hotel</h1>'],
};

/** Lets the token endpoint take its time and fail, where that was asked for; true if it failed. */
export async function failTokenEndpoint({ service, request, response, record }: Exchange): Promise<boolean> {
  if (service.tokenDelayMs > 0) {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    await pause(service.tokenDelayMs, gone.signal);
    if (gone.signal.aborted) return true;
  }
  const failure = service.tokenFailures.shift();
  if (!failure) return false;
  if (failure === 'reset') {
    record.cut = true;
    request.socket.resetAndDestroy();
  } else if (failure !== 'hang') {
    const [status, type, body] = ANSWERS[failure];
    response.writeHead(status, { 'content-type': type });
    response.end(body);
    service.journal.answered(record, status);
  }
  return true;
}
