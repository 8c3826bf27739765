/**
 * The parts of undici that are used, by their files: the package's entry loads 108 files (fetch, mocks, cache, SOCKS),
 * three times the memory of these (docs/adr/0021). The version is pinned; test/net/undici.test.ts says what would break.
 */
declare module 'undici/lib/dispatcher/pool.js' {
  export { Pool as default } from 'undici';
}
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici';
}
declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici';
}
declare module 'undici/lib/core/symbols.js' {
  const symbols: { readonly kParser: symbol };
  export default symbols;
}
