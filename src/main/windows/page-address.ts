import path from 'node:path';

/** Where the windows' pages come from: a scheme of our own (docs/adr/0011). Pure. */

export const PAGE_SCHEME = 'meshbar';
const HOST = 'app';

/** The address of the one page, which speaks that language: a BCP 47 tag. */
export function pageAddress(locale: string): string {
  return `${PAGE_SCHEME}://${HOST}/index.html?${new URLSearchParams({ locale })}`;
}

/**
 * Whether the address is one of our pages. Scheme and host are compared, never `origin`: for every scheme that is not
 * the web's, Node gives the origin "null", and so any two of them would be the same.
 */
export function isPageAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === `${PAGE_SCHEME}:` && url.host === HOST;
}

/** Of Electron's WebFrameMain. */
export interface PageFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Whether the frame is a page of ours, at the top of its window. A frame that is gone is none. */
export function isOurPage(frame: PageFrame | null): boolean {
  return frame !== null && frame.parent === null && isPageAddress(frame.url);
}

/** The file inside `folder` that the address stands for; undefined: none of ours. */
export function pageFile(folder: string, address: string): string | undefined {
  if (!isPageAddress(address)) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(new URL(address).pathname);
  } catch {
    return undefined;
  }
  const file = path.join(folder, path.normalize(name));
  return file.startsWith(folder + path.sep) && !name.includes('\0') ? file : undefined;
}
