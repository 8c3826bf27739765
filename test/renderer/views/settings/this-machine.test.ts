import { expect, test } from 'vitest';
import { isThisMachine } from '../../../../src/renderer/views/settings/this-machine.js';

test('only loopback is this machine', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])
    expect(isThisMachine(host), host).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.4', '127.evil.example'])
    expect(isThisMachine(host), host).toBe(false);
});
