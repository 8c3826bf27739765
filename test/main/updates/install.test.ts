import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { installUpdate } from '../../../src/main/updates/install.js';
import { nextUpdate } from '../../../src/main/updates/state.js';

const READY = { status: 'ready', version: '1.2.0' } as const;
const notPermitted = Object.assign(new Error('unlink /opt/Meshbar.AppImage'), { code: 'EACCES' });

/** As electron-updater's: what can't be installed is an event, and no quit follows. */
class Installer extends EventEmitter {
  constructor(private readonly failure: Error | undefined) {
    super();
  }
  quitAndInstall(): void {
    if (this.failure) this.emit('error', this.failure);
  }
}

async function install(failure: Error | undefined): Promise<readonly string[]> {
  const steps: string[] = [];
  await installUpdate(new Installer(failure), {
    prepare: async () => {
      steps.push('stop');
      return () => steps.push('start again');
    },
    releaseLock: () => steps.push('release'),
    takeLock: () => steps.push('take'),
    onFailed: (error) => steps.push(`failed: ${(error as Error).message}`),
  });
  return steps;
}

test('what was stopped and given away for an update is taken back when it can’t be installed', async () => {
  expect(await install(undefined)).toEqual(['stop', 'release']);
  expect(await install(notPermitted)).toEqual([
    'stop',
    'release',
    'take',
    'failed: unlink /opt/Meshbar.AppImage',
    'start again',
  ]);
});

test('an update that can’t be installed is said, with its reason, and is ready no more', () => {
  expect(nextUpdate(READY, { type: 'not-installed', error: notPermitted })).toEqual({
    status: 'failed',
    reason: 'Meshbar may not write where it is installed.',
  });
  expect(nextUpdate(READY, { type: 'not-installed', error: new Error('odd') })).toEqual({
    status: 'failed',
    reason: 'The update could not be installed.',
  });
  expect(nextUpdate(READY, { type: 'failed', error: notPermitted })).toEqual(READY);
});
