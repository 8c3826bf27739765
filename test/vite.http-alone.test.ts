import { expect, it } from 'vitest';
import { createSignedInHome, startMeshbar } from './helpers/terminal.js';

/** Says at the end which of Node's own modules were loaded. */
const TELL = `process.on('exit', () => console.error(process.moduleLoadList.join('\\n')))`;

it('leaves a proxy without the client behind `fetch`, which it does not use', async () => {
  const { env } = await createSignedInHome();
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(TELL)}`;
  const meshbar = startMeshbar(['proxy', '--port', '0'], { ...env, NODE_OPTIONS });
  await meshbar.url();
  meshbar.kill('SIGINT');
  const { code, stderr } = await meshbar.ended;
  expect(code).toBe(0);
  expect(stderr).toContain('NativeModule http\n');
  expect(stderr).not.toContain('NativeModule internal/deps/undici/undici\n');
});
