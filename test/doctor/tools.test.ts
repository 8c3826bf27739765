import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createKeys } from '../../src/limits/keys.js';
import { createPatient, type Patient, shown, theOne } from '../helpers/doctor.js';

const KEY = 'stored-key';

async function connectedPatient(): Promise<{ patient: Patient; url: string }> {
  const patient = await createPatient();
  const project = { llm_proxy_bearer_token: KEY };
  patient.write('.meshagent/settings.json', JSON.stringify({ active_user_id: 'u', users: { u: { project } } }));
  return { patient, url: `http://127.0.0.1:${patient.context.config.port}` };
}

test('Claude Code: each state of its settings', async () => {
  const { patient, url } = await connectedPatient();
  const find = async (env: object | string) => {
    patient.write('.claude/settings.json', typeof env === 'string' ? env : JSON.stringify({ model: 'opus', env }));
    return shown(await patient.examine({ only: ['tools'] }), 'tools');
  };
  expect(shown(await patient.examine(), 'tools')).toEqual([]);
  expect(await find({})).toEqual(['note tools.unconnected']);
  const good = { ANTHROPIC_BASE_URL: `${url}/anthropic`, ANTHROPIC_AUTH_TOKEN: KEY };
  expect(await find(good)).toEqual(['ok tools.connected']);
  expect(await find({ ...good, ANTHROPIC_AUTH_TOKEN: 'opaque-key' })).toEqual(['problem tools.wrong_key']);
  expect(theOne(await patient.examine(), 'tools.wrong_key').remedy?.command).toBe('meshbar connect claude-code');
  expect(await find({ ANTHROPIC_BASE_URL: good.ANTHROPIC_BASE_URL })).toEqual(['note tools.incomplete']);
  expect(await find({ ...good, ANTHROPIC_BASE_URL: 'http://127.0.0.1:1/anthropic' })).toEqual([
    'problem tools.old_address',
  ]);
  expect(await find({ ...good, ANTHROPIC_BASE_URL: `${url}/anthropic/v1` })).toEqual(['problem tools.wrong_path']);
  expect(await find({ ...good, ANTHROPIC_BASE_URL: 'https://u:opaque@gateway.example/x' })).toEqual([
    'note tools.elsewhere',
  ]);
  expect(await find('{"env": {"ANTHROPIC_API_KEY": "opaque-key"')).toEqual(['warning tools.unreadable']);
  expect(JSON.stringify(await patient.examine())).not.toMatch(/opaque|stored-key/);
});

test('Claude Code: settings of the project count where they name an address', async () => {
  const { patient } = await connectedPatient();
  patient.write('work/.claude/settings.json', '{"env": {}}');
  expect(shown(await patient.examine(), 'tools')).toEqual([]);
  const file = patient.write(
    'work/.claude/settings.local.json',
    '{"env": {"ANTHROPIC_BASE_URL": "http://localhost:1/anthropic"}}',
  );
  expect(theOne(await patient.examine(), 'tools.old_address').details[0]).toBe(file);
});

test('Codex: each state of its settings', async () => {
  const { patient, url } = await connectedPatient();
  const find = async (toml: string) => {
    patient.write('.codex/config.toml', toml);
    return shown(await patient.examine({ only: ['tools'] }), 'tools');
  };
  const provider = (lines: string) =>
    `model_provider = "meshbar" # ours\n[model_providers.meshbar]\nname = "Meshbar"\nwire_api = "responses"\n${lines}\n`;
  const ours = `base_url = "${url}/openai/v1"`;
  expect(await find('model = "gpt-5.4"\n')).toEqual(['note tools.unconnected']);
  expect(await find(provider(`${ours}\nexperimental_bearer_token = "${KEY}"`))).toEqual(['ok tools.connected']);
  expect(await find(provider(`${ours}\nexperimental_bearer_token = "opaque-key"`))).toEqual([
    'problem tools.wrong_key',
  ]);
  expect(await find(provider(`${ours}\nenv_key = "OPENAI_API_KEY"`))).toEqual(['note tools.incomplete']);
  expect(await find(provider('base_url = "http://127.0.0.1:1/openai/v1"'))).toEqual(['problem tools.old_address']);
  expect(await find(provider(`base_url = "${url}/openai"`))).toEqual(['problem tools.wrong_path']);
  expect(await find(provider('base_url = "https://gateway.example/v1"'))).toEqual(['note tools.elsewhere']);
  const other = 'model_provider = "other"\n[model_providers.other]\nbase_url = "https://x.example"\n';
  expect(await find(other)).toEqual(['note tools.elsewhere']);
  expect(await find('model_provider = = "opaque"')).toEqual(['warning tools.unreadable']);
});

test('where no proxy runs, a named key is one that is taken until it is revoked', async () => {
  const { patient, url } = await connectedPatient();
  const keys = createKeys({ path: patient.context.paths.keys, onProblem: () => {} });
  const { key, info } = await keys.create({ label: 'Claude Code' });
  const env = { ANTHROPIC_BASE_URL: `${url}/anthropic`, ANTHROPIC_AUTH_TOKEN: key };
  patient.write('.claude/settings.json', JSON.stringify({ env }));
  const find = async () => shown(await patient.examine({ only: ['tools'] }), 'tools');
  expect(await find()).toEqual(['ok tools.connected']);
  await keys.revoke(info.id);
  expect(await find()).toEqual(['problem tools.wrong_key']);
  const damaged = patient.write('meshbar/keys.json', '{"keys": [');
  expect(await find()).toEqual(['problem tools.wrong_key']);
  expect(readFileSync(damaged, 'utf8')).toBe('{"keys": [');
});
