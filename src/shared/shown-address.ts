/** A URL as it may be shown: scheme, host and port. The rest may hold credentials. */
export function shownAddress(url: string): string {
  return URL.canParse(url) ? originOf(new URL(url)) : 'an address that is no URL';
}

/** `URL.origin` is "null" for schemes it does not know, such as socks5. */
function originOf({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}
