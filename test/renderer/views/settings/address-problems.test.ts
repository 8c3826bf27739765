import { expect, test } from 'vitest';
import { hostProblem, isThisMachine, portProblem } from '../../../../src/renderer/views/settings/address-problems.js';
import { SETTINGS } from '../../../../src/shared/settings.js';

test('what is said of a port and an address before they are tried is what main says', () => {
  for (const text of ['', '80', '1023', '1024', '8766', '65535', '65536', '999999', '87.5', '8e3', '-1', 'abc']) {
    const parsed = SETTINGS.shape.port.safeParse(/^\d+$/.test(text) ? Number(text) : Number.NaN);
    expect(portProblem(text), text).toBe(parsed.error?.issues[0]?.message);
  }
  for (const text of ['', '127.0.0.1', '::1', '[::1]', 'my-machine.local', 'a b', 'http://x', 'ä', 'x'.repeat(254)]) {
    expect(hostProblem(text), text).toBe(SETTINGS.shape.host.safeParse(text).error?.issues[0]?.message);
  }
});

test('only loopback is this machine', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])
    expect(isThisMachine(host), host).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.4', '127.evil.example'])
    expect(isThisMachine(host), host).toBe(false);
});
