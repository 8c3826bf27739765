/** Of Electron's WebContents. */
interface Page {
  isLoading(): boolean;
  once(event: 'did-finish-load', listener: () => void): unknown;
}

/** Calls `then` once the page can be told something: what is sent to one that is loading is lost. */
export function whenLoaded(page: Page, then: () => void): void {
  if (page.isLoading()) page.once('did-finish-load', then);
  else then();
}
