import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chooseProject } from '../../../src/main/session/project-choice.js';
import { createTestEngine } from '../../helpers/start-engine.js';
import { demoEngine } from '../../helpers/test-engine.js';

const settingsOf = (home: string) => path.join(home, '.meshagent', 'settings.json');

test('a project chosen in the demo is refused, and stays out of the user’s own settings', async () => {
  const { engine, home } = await demoEngine();
  await expect(chooseProject(engine, 'prj_second')).rejects.toMatchObject({
    facts: { code: 'invalid_option', data: { why: 'demo_project' } },
  });
  // Whatever else the demo's session is told to keep.
  await engine.current.session.setProject('prj_second');
  expect(existsSync(settingsOf(home))).toBe(false);
});

test('a project that a variable names is not replaced by a choice that would not count', async () => {
  const { engine, home } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { projectId: undefined }, undefined, {
    MESHAGENT_TOKEN: 'token',
    MESHAGENT_PROJECT_ID: 'prj_named',
  });
  await expect(chooseProject({ current: engine, isDemo: false }, 'prj_second')).rejects.toMatchObject({
    facts: { code: 'invalid_option', data: { why: 'project_named', source: 'MESHAGENT_PROJECT_ID' } },
  });
  expect(existsSync(settingsOf(home))).toBe(false);
});

test('a project is kept where none was chosen, and in place of one that was', async () => {
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, { projectId: undefined });
  for (const id of ['prj_first', 'prj_second']) {
    await chooseProject({ current: engine, isDemo: false }, id);
    expect(await engine.session.project()).toEqual({ id, source: 'settings' });
  }
});
