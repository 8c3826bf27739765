const MODULE = /[\\/]node_modules[\\/]string-width[\\/]index\.js$/;
/** A segmenter or a pattern of characters' properties that the module makes when it is loaded. */
const MADE_AT_LOAD = /^const (\w+) = (?:(new Intl\.Segmenter\(\))|\/(.*\\p\{.*)\/([a-z]+));$/gm;

/**
 * Makes what string-width measures with when it first measures a text that is not plain ASCII, and not when it is
 * loaded: the tables of characters behind it take 60 ms of processor time, of each start of a command that may print a
 * table. A pattern between slashes is built even where nothing runs it, so they become texts. The build fails if the
 * package no longer looks as expected.
 */
export function stringWidthOnDemand() {
  return {
    name: 'string-width-on-demand',
    transform(this: { error(message: string): never }, code: string, id: string) {
      if (!MODULE.test(id)) return undefined;
      const made = [...code.matchAll(MADE_AT_LOAD)];
      if (!made.some(([, , segmenter]) => segmenter) || !made.some(([, , , pattern]) => pattern)) {
        return this.error('What string-width makes when it is loaded was not found.');
      }
      const makers = made.map(([, name, segmenter, pattern, flags]) => {
        const value = segmenter ?? `new RegExp(${JSON.stringify(pattern)}, '${flags}')`;
        return `let ${name}Once;\nconst ${name} = () => (${name}Once ??= ${value});\n`;
      });
      const uses = new RegExp(`\\b(?:${made.map(([, name]) => name).join('|')})\\b`, 'g');
      return { code: makers.join('') + code.replace(MADE_AT_LOAD, '').replace(uses, '$&()'), map: null };
    },
  };
}
