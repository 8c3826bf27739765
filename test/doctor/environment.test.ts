import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createPatient, type Patient, shown, theOne } from '../helpers/doctor.js';
import { createTestEngine } from '../helpers/start-engine.js';
import { LOCAL_KEY } from '../helpers/start-proxy.js';

async function running(): Promise<{ patient: Patient; url: string; good: Record<string, string> }> {
  const patient = await createPatient();
  const { engine } = await createTestEngine({ url: 'http://127.0.0.1:9' }, {}, patient.home);
  const { url } = await engine.start();
  const good = {
    OPENAI_BASE_URL: `${url}/openai/v1`,
    OPENAI_API_KEY: LOCAL_KEY,
    ANTHROPIC_BASE_URL: `${url}/anthropic`,
    ANTHROPIC_API_KEY: LOCAL_KEY,
  };
  return { patient, url, good };
}

test('variables of this shell: what each of them brings about, and gone when it is', async () => {
  const { patient, url, good } = await running();
  const find = async (env: Record<string, string | undefined>) =>
    shown(await patient.examine({ env: { ...good, ...env }, only: ['environment'] }), 'environment');
  expect(await find({})).toEqual(['ok environment.set']);

  const table: [Record<string, string | undefined>, string[]][] = [
    [{ OPENAI_BASE_URL: 'http://127.0.0.1:1/openai/v1' }, ['problem environment.old_address']],
    [{ ANTHROPIC_BASE_URL: 'http://localhost:1/anthropic/' }, ['problem environment.old_address']],
    [{ ANTHROPIC_BASE_URL: `${url}/anthropic/v1` }, ['problem environment.wrong_path']],
    [{ OPENAI_BASE_URL: url }, ['problem environment.wrong_path']],
    [{ OPENAI_BASE_URL: `${url}/v1/` }, ['ok environment.set']],
    [{ OPENAI_BASE_URL: url.replace('127.0.0.1', 'localhost').concat('/openai/v1') }, ['ok environment.set']],
    [{ OPENAI_BASE_URL: 'not a url' }, ['problem environment.invalid_address']],
    [{ OPENAI_BASE_URL: 'https://api.openai.com/v1' }, ['warning environment.other_address']],
    [{ OPENAI_API_BASE: 'http://127.0.0.1:11434/v1' }, ['warning environment.other_address']],
    [{ OPENAI_API_KEY: 'sk-old-key' }, ['problem environment.other_key']],
    [{ ANTHROPIC_API_KEY: undefined }, ['warning environment.no_key']],
    [{ ANTHROPIC_BASE_URL: undefined }, ['problem environment.no_address']],
    [{ ANTHROPIC_AUTH_TOKEN: 'somebody-elses' }, ['warning environment.auth_token']],
    [{ ANTHROPIC_AUTH_TOKEN: LOCAL_KEY }, ['ok environment.set']],
    [{ OPENAI_ORG_ID: 'org-1' }, ['warning environment.organization']],
    [{ XAI_BASE_URL: `${url}/grok/v1`, XAI_API_KEY: LOCAL_KEY }, ['ok environment.set']],
    [{ GROK_BASE_URL: `${url}/grok`, GROK_API_KEY: LOCAL_KEY }, ['ok environment.set']],
    [{ XAI_BASE_URL: `${url}/xai/v1`, XAI_API_KEY: LOCAL_KEY }, ['problem environment.wrong_path']],
    [{ XAI_BASE_URL: `${url}/grok/v1` }, ['warning environment.no_key']],
    [{ XAI_API_BASE: `${url}/grok/v1`, XAI_API_KEY: LOCAL_KEY }, ['ok environment.set']],
    [{ GROK_API_KEY: LOCAL_KEY }, ['problem environment.no_address']],
    [{ XAI_BASE_URL: 'https://api.x.ai/v1' }, ['warning environment.other_address']],
    [{ XAI_BASE_URL: `${url}/grok/v1`, XAI_API_KEY: 'xai-somebody-elses' }, ['problem environment.other_key']],
    [{ CLAUDE_CODE_USE_BEDROCK: '1' }, ['warning environment.claude_cloud']],
    [{ CLAUDE_CODE_USE_BEDROCK: '0' }, ['ok environment.set']],
  ];
  for (const [change, expected] of table) expect([change, await find(change)]).toEqual([change, expected]);
  expect(shown(await patient.examine(), 'environment')).toEqual(['note environment.unset']);
});

test('no value of a key comes out, nor what else is in an address', async () => {
  const { patient, url } = await running();
  const findings = await patient.examine({
    env: {
      OPENAI_BASE_URL: 'https://ada:opaque-password@example.com/opaque-path?k=opaque-query',
      OPENAI_API_KEY: 'opaque-key',
      ANTHROPIC_BASE_URL: `${url}/anthropic`,
      ANTHROPIC_API_KEY: 'opaque-other',
      ANTHROPIC_AUTH_TOKEN: 'opaque-token',
    },
  });
  expect(theOne(findings, 'environment.other_address').title).toContain('https://example.com,');
  expect(JSON.stringify(findings)).not.toMatch(/opaque|local-key-of-the-tests/);
});

test('start files of shells and .env: the line is named; one that is in two places is one finding', async () => {
  const { patient, good } = await running();
  const zshrc = patient.write(
    '.zshrc',
    '# mine\nexport OPENAI_API_KEY="sk-old"\nexport OPENAI_API_KEY="sk-older" # newer\n',
  );
  const fish = patient.write('.config/fish/config.fish', 'set -gx OPENAI_API_KEY sk-fish\nset -gx PATH /bin\n');
  const dotenv = patient.write('work/.env', "ANTHROPIC_BASE_URL='http://127.0.0.1:1/anthropic'\n");
  const findings = await patient.examine({ env: good });
  expect(theOne(findings, 'environment.other_key').details).toEqual([`${zshrc}, line 3`, `${fish}, line 1`]);
  expect(theOne(findings, 'environment.old_address').details).toEqual([`${dotenv}, line 1`]);
  patient.write('.zshrc', `eval "$(meshbar env)"\nexport OPENAI_API_KEY=${LOCAL_KEY}\n`);
  patient.write('.config/fish/config.fish', 'set -gx OPENAI_API_KEY (meshbar env | string collect)\n');
  patient.write('work/.env', `ANTHROPIC_BASE_URL="${good.ANTHROPIC_BASE_URL}"\nOPENAI_API_KEY=$FROM_ELSEWHERE\n`);
  expect(shown(await patient.examine({ env: good }), 'environment')).toEqual(['ok environment.set']);
});

test('the proxy is asked for keys that it alone knows, but never shown a provider’s own', async () => {
  const authorizations: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    if (request.url === '/healthz') return response.end('{"name":"meshbar","version":"1.2.3"}');
    authorizations.push(request.headers.authorization);
    return response.writeHead(request.headers.authorization === 'Bearer another-good-key' ? 200 : 401).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const patient = await createPatient();
  const proxy = { pid: process.pid, version: '1.2.3', url, projectId: 'p', localKey: 'k', startedAt: 0 };
  patient.write('meshbar/proxy.json', JSON.stringify(proxy));
  const find = async (key: string) => {
    const env = { OPENAI_BASE_URL: `${url}/openai/v1`, OPENAI_API_KEY: key };
    return shown(await patient.examine({ env, only: ['environment'] }), 'environment');
  };
  expect(await find('another-good-key')).toEqual(['ok environment.set']);
  expect(await find('a-bad-key')).toEqual(['problem environment.other_key']);
  expect(await find('sk-of-the-provider')).toEqual(['problem environment.other_key']);
  expect(await find('no field\ncan carry it')).toEqual(['problem environment.other_key']);
  expect(authorizations).toEqual(['Bearer another-good-key', 'Bearer a-bad-key']);
});

test('without a running proxy the stored key counts', async () => {
  const patient = await createPatient();
  const { port } = patient.context.config;
  const project = { llm_proxy_bearer_token: 'stored-key' };
  patient.write('.meshagent/settings.json', JSON.stringify({ active_user_id: 'u', users: { u: { project } } }));
  const env = { OPENAI_BASE_URL: `http://127.0.0.1:${port}/openai/v1`, OPENAI_API_KEY: 'stored-key' };
  expect(shown(await patient.examine({ env, only: ['environment'] }), 'environment')).toEqual(['ok environment.set']);
  expect(shown(await patient.examine({ env: { ...env, OPENAI_API_KEY: 'x' } }), 'environment')).toEqual([
    'problem environment.other_key',
  ]);
});
