import path from 'node:path';
import { expect, test } from 'vitest';
import { createPatient, shown, theOne } from '../helpers/doctor.js';
import { createTestEngine } from '../helpers/start-engine.js';

test('what is here is told; a meshagent command is asked for its version', async (context) => {
  const patient = await createPatient();
  const title = async (env: NodeJS.ProcessEnv) => theOne(await patient.examine({ env }), 'versions.found').title;
  expect(await title({})).toBe(`Meshbar 1.2.3-test, Node ${process.versions.node}, no meshagent command.`);
  if (process.platform === 'win32') return context.skip('a script is no program there');
  const file = patient.write('bin/meshagent', '#!/bin/sh\necho "meshagent, version 4.5.6"\n', 0o755);
  expect(await title({ PATH: path.dirname(file) })).toMatch(/, meshagent 4\.5\.6\.$/);
});

test('a running proxy that is newer or older than the command', async () => {
  const patient = await createPatient();
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, {}, patient.home);
  await engine.start();
  const find = async (version: string) => shown(await patient.examine({ version }), 'versions');
  expect(await find('1.2.2')).toEqual(['warning versions.older_command', 'ok versions.found']);
  expect(await find('1.10.0')).toEqual(['note versions.older_proxy', 'ok versions.found']);
  expect(await find('1.2.3')).toEqual(['ok versions.found']);
});

test('a Node that is too old', async () => {
  const patient = await createPatient();
  const find = async (nodeVersion: string) => shown(await patient.examine({ nodeVersion }), 'versions');
  expect(await find('22.9.0')).toEqual(['problem versions.old_node', 'ok versions.found']);
  expect(await find('22.19.0')).toEqual(['ok versions.found']);
});
