import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseToml } from '@decimalturn/toml-patch';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { SNIPPETS, type SnippetId, snippetOf } from '../../src/shared/snippets.js';
import { t } from '../../src/words/index.js';
import { bareEnvironment, machine } from '../compat/machine.js';
import { hasProgram, runScript } from '../helpers/run.js';
import { tempFolder } from '../helpers/temp-folder.js';

/** Everything that a shell, Python, JavaScript or TOML gives a meaning to, without a space, which no local key may hold. */
const AWKWARD_KEY = 'it\'s"a"\\n$HOME`id`%d{x}#1';
const URL_OF_PROXY = 'http://127.0.0.1:8766';
const NODE_MODULES = path.resolve(import.meta.dirname, '../../node_modules');

const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/\p{Cc}/u.test(text));

test('each says what it is, where it belongs and what to watch out for, and has address and key in it', () => {
  for (const id of SNIPPETS) {
    const { title, text, kind } = snippetOf(id, URL_OF_PROXY, 'the-local-key');
    expect(title).toMatch(/^(curl|OpenAI SDK|Anthropic SDK|LangChain|Claude Code|Codex)/);
    expect(t(`snippet.place.${kind}`)).not.toBe('');
    expect(t(`snippet.caveat.${kind}`, { anthropic: 'x', grok: 'y' })).toMatch(/^[A-Z].*\.$/);
    expect(text).toContain('the-local-key');
    expect(text).toMatch(/http:\/\/127\.0\.0\.1:8766\/(openai\/v1|anthropic|grok\/v1)\b/);
    expect(text).toMatch(/[^\n]\n$/);
  }
  expect(new Set(SNIPPETS.map((id) => snippetOf(id, URL_OF_PROXY, 'k').title)).size).toBe(SNIPPETS.length);
});

test('a key that no HTTP field could carry is refused', () => {
  for (const id of SNIPPETS) expect(() => snippetOf(id, URL_OF_PROXY, 'two\nlines')).toThrow(TypeError);
});

test('Codex: TOML that names the provider, whatever the key is made of', () => {
  fc.assert(
    fc.property(key, (localKey) => {
      expect(parseToml(snippetOf('codex', URL_OF_PROXY, localKey).text)).toEqual({
        model_provider: 'meshbar',
        model_providers: {
          meshbar: {
            name: 'Meshbar',
            base_url: `${URL_OF_PROXY}/openai/v1`,
            experimental_bearer_token: localKey,
            wire_api: 'responses',
          },
        },
      });
    }),
  );
});

test('Claude Code: JSON of its settings file, whatever the key is made of', () => {
  fc.assert(
    fc.property(key, (localKey) => {
      expect(JSON.parse(snippetOf('claude-code', URL_OF_PROXY, localKey).text)).toEqual({
        env: { ANTHROPIC_BASE_URL: `${URL_OF_PROXY}/anthropic`, ANTHROPIC_AUTH_TOKEN: localKey },
      });
    }),
  );
});

describe.runIf(hasProgram('sh'))('the arguments of curl in a real shell', () => {
  test.each([
    ['curl-openai', 'Authorization: Bearer '],
    ['curl-anthropic', 'x-api-key: '],
    ['curl-grok', 'Authorization: Bearer '],
  ] as const)('%s', (id, field) => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 20 }), (keys) => {
        const commands = keys.map((localKey) => snippetOf(id, URL_OF_PROXY, localKey).text).join('');
        const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' };
        const shown = runScript('sh', ['-c'], `curl() { printf '%s\\n' "$3"; }\n${commands}`, env);
        expect(shown.split('\n').slice(0, -1)).toEqual(keys.map((localKey) => field + localKey));
      }),
      { numRuns: 10 },
    );
  });
});

describe.runIf(hasProgram('python3'))('Python', () => {
  const PYTHON = SNIPPETS.filter((id) => id.endsWith('-python'));
  /** Stands for the packages: tells what it was made with, and answers anything with anything. */
  const PACKAGE = `
import json

class Anything:
    def __getattr__(self, name):
        return self
    def __call__(self, *given, **named):
        return self
    def __getitem__(self, key):
        return self

def made(**fields):
    print(json.dumps([fields["base_url"], fields["api_key"]]))
    return Anything()

OpenAI = Anthropic = ChatOpenAI = made
`;

  test('each compiles', async () => {
    const folder = tempFolder();
    const files = PYTHON.map((id) => path.join(folder, `${id}.py`));
    for (const [i, id] of PYTHON.entries()) {
      await writeFile(files[i] as string, snippetOf(id, URL_OF_PROXY, AWKWARD_KEY).text);
    }
    expect(await run('python3', ['-m', 'py_compile', ...files], folder, { PATH: process.env.PATH })).toBe('');
  });

  test.each(PYTHON)('%s gives the client the very address and key', async (id) => {
    const folder = tempFolder();
    for (const name of ['openai', 'anthropic', 'langchain_openai']) {
      await writeFile(path.join(folder, `${name}.py`), PACKAGE);
    }
    const file = path.join(folder, 'snippet.py');
    await writeFile(file, snippetOf(id, URL_OF_PROXY, AWKWARD_KEY).text);
    const [first] = (await run('python3', [file], folder, { PATH: process.env.PATH })).split('\n');
    const base = { 'anthropic-python': '/anthropic', 'grok-python': '/grok/v1' }[id as string] ?? '/openai/v1';
    const url = URL_OF_PROXY + base;
    expect(JSON.parse(first as string)).toEqual([url, AWKWARD_KEY]);
  });
});

describe('run against a proxy with an awkward key', () => {
  const running = machine({ localKey: AWKWARD_KEY });
  beforeAll(() => symlink(NODE_MODULES, path.join(running().home, 'node_modules'), 'junction'));

  const text = (id: SnippetId) => snippetOf(id, running().url, AWKWARD_KEY).text;

  test.runIf(hasProgram('curl')).each([
    ['curl-openai', '/v1/responses', 'response'],
    ['curl-anthropic', '/v1/messages', 'message'],
    ['curl-grok', '/v1/responses', 'response'],
  ] as const)('%s', async (id, to, kind) => {
    const { home } = running();
    const answer = await run('sh', ['-c', text(id)], home, bareEnvironment(home));
    expect(JSON.stringify(JSON.parse(answer))).toMatch(new RegExp(`"(object|type)":"${kind}"`));
    expect(await running().take(1)).toMatchObject([{ tool: 'curl', path: to, status: 200, outcome: 'complete' }]);
  });

  test.each([
    ['openai-node', '/v1/responses', 'OpenAI SDK · JS'],
    ['anthropic-node', '/v1/messages', 'Anthropic SDK · JS'],
    ['grok-node', '/v1/responses', 'OpenAI SDK · JS'],
    ['langchain-node', '/v1/chat/completions', 'LangChain'],
  ] as const)('%s', async (id, to, tool) => {
    const { home } = running();
    const folder = path.join(home, id);
    await mkdir(folder);
    const file = path.join(folder, 'snippet.mjs');
    await writeFile(file, text(id));
    expect(await run(process.execPath, [file], folder, bareEnvironment(home))).toContain('café');
    expect(await running().take(1)).toMatchObject([{ tool, path: to, status: 200, outcome: 'complete' }]);
  });
});

/** What a program wrote; rejects with what it complained of. */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} failed: ${stderr}`));
      else resolve(stdout);
    });
  });
}
