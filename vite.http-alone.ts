const HTTP = 'node:http';
const ALONE = '\0http-alone';

/**
 * Takes Node's HTTP without what stands beside it. An import of `node:http` reads every name it exports, `WebSocket`
 * among them, for which Node loads the client behind `fetch`: 40 ms of each start and 2 MiB of a process that stays up
 * all day, for code that is never called. The module itself has that only when asked.
 */
export function httpAlone() {
  return {
    name: 'http-alone',
    enforce: 'pre' as const,
    resolveId: (id: string) => (id === HTTP ? ALONE : undefined),
    load: (id: string) => (id === ALONE ? `export default process.getBuiltinModule('${HTTP}');` : undefined),
  };
}
