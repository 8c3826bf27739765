const HTTP = 'node:http';
const HTTP2 = 'node:http2';
const ALONE = '\0http-alone';
const NO_HTTP2 = '\0no-http2';

/**
 * Takes Node's HTTP without what is beside it, for code that is never called and memory of a process that stays up
 * all day.
 *
 * - An import of `node:http` reads every name it exports, `WebSocket` among them, for which Node loads the client behind
 *   `fetch`: 40 ms of each start and 2 MiB. The module itself has that only when asked. Packages in CommonJS, which read
 *   no names, get the real one.
 * - undici loads `node:http2` although HTTP/2 is off (docs/adr/0021): 35 ms and 9 MiB. It takes an empty one where Node
 *   was built without it, and here.
 */
export function httpAlone() {
  return {
    name: 'http-alone',
    enforce: 'pre' as const,
    resolveId(id: string, importer?: string) {
      if (id === HTTP2) return NO_HTTP2;
      return id === HTTP && !importer?.includes('node_modules') ? ALONE : undefined;
    },
    load(id: string) {
      if (id === ALONE) return `export default process.getBuiltinModule('${HTTP}');`;
      return id === NO_HTTP2 ? 'module.exports = { constants: {} };' : undefined;
    },
  };
}
