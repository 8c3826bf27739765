/** Makes keys as fast as it can: `node key-writer.mjs <bundle of keys.ts> <keys.json> <name> <count>`. */
const [bundle, path, name, count] = process.argv.slice(2);
const { createKeys } = await import(bundle);
const keys = createKeys({
  path,
  onProblem(message) {
    throw new Error(message);
  },
});
process.send('ready');
process.once('message', async () => {
  for (let n = 0; n < Number(count); n++) await keys.create({ label: `${name} ${n}` });
  process.disconnect();
});
