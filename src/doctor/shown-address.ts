import type { Message } from '../words/index.js';
import { say } from '../words/say.js';

/** A URL as it may be shown: scheme, host and port. The rest may hold credentials. */
export function shownAddress(url: string): Message | string {
  return URL.canParse(url) ? shownOrigin(new URL(url)) : say('doctor.noUrl');
}

/** `URL.origin` is "null" for schemes it does not know, such as socks5. */
export function shownOrigin({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}
