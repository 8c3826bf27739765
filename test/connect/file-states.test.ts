/** For each tool whose file Meshbar edits: what the file may hold, what it is then called, and what connecting makes of it. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileTool } from '../../src/connect/adapter.js';
import { planConnect } from '../../src/connect/connect.js';
import { planDisconnect } from '../../src/connect/disconnect.js';
import { reportTool } from '../../src/connect/tool-state.js';
import { ADDRESS, createMachine, FILE_TOOLS } from './machine.js';

interface Samples {
  readonly comments: string;
  /** Sends to another address, which `goesTo` names. */
  readonly elsewhere: string;
  readonly goesTo: RegExp;
  /** Another profile, project or part of the file that is none of ours. */
  readonly otherProfile: string;
  readonly invalid: string;
  readonly invalidLine: number;
  /** Valid, and of another shape than the tool takes. */
  readonly misshapen: string;
}

const SAMPLES: Readonly<Record<string, Samples>> = {
  'claude-code': {
    comments: '// mine\n{\n\t"model": "opus", // best\n\t/* about */ "env": {\n\t\t"FOO": "1" // foo\n\t},\n}\n',
    elsewhere: '{ "env": { "ANTHROPIC_BASE_URL": "https://gw.example/a", "ANTHROPIC_AUTH_TOKEN": "theirs" } }',
    goesTo: /gw\.example/,
    otherProfile: '{"permissions":{"allow":["Bash"]},"env":{"ENABLE_TOOL_SEARCH":"auto"}}',
    invalid: '{\n  "env": {\n    "A" "1"\n  }\n}\n',
    invalidLine: 3,
    misshapen: '{ "env": ["A=1"] }',
  },
  codex: {
    comments: '# mine\nmodel = "gpt-5.4" # best\n\n# servers\n[mcp_servers.a]\ncommand = "a"\n\n# the end\n',
    elsewhere:
      'model_provider = "azure"\n[model_providers.azure]\nname = "Azure"\nbase_url = "https://azure.example/openai"\n',
    goesTo: /azure\.example.*azure/,
    otherProfile: '[profiles.work]\nmodel_provider = "azure"\n\n[[rules]]\na = 1\n[[rules]]\na = 2\n',
    invalid: 'model = "gpt-5.4"\n[model_providers\n',
    invalidLine: 2,
    misshapen: 'model_providers = "none"\n',
  },
  opencode: {
    comments: '{\n  // mine\n  "$schema": "https://opencode.ai/config.json",\n  "provider": {} // none yet\n}\n',
    elsewhere: '{"provider":{"openai":{"options":{"baseURL":"https://gw.example/v1","apiKey":"{env:KEY}"}}}}',
    goesTo: /gw\.example/,
    otherProfile: '{"provider":{"ollama":{"options":{"baseURL":"http://localhost:11434/v1"}}},"model":"ollama/x"}\n',
    invalid: '{\n  "model": \n}\n',
    invalidLine: 3,
    misshapen: '{"provider":"openai"}',
  },
  aider: {
    comments: '# mine\nmodel: sonnet # best\n\n# environment\nset-env:\n  - FOO=1 # foo\n\n# the end\n',
    elsewhere: 'openai-api-base: https://gw.example/v1\nopenai-api-key: theirs\n',
    goesTo: /gw\.example/,
    otherProfile: 'read: [CONVENTIONS.md, notes.txt]\nset-env: [OLLAMA_API_BASE=http://127.0.0.1:11434]\n',
    invalid: 'model: sonnet\ndark-mode: [true\n',
    invalidLine: 3,
    misshapen: 'set-env: FOO=1\n',
  },
  continue: {
    comments:
      '# mine\nname: Mine\nversion: 1.0.0\nschema: v1\n\nmodels: # all\n  # local\n  - name: Llama\n    provider: ollama\n    model: llama3\n\n# rules\nrules:\n  - Be brief\n',
    elsewhere:
      'models:\n- name: GPT (Meshbar)\n  provider: openai\n  model: gpt-5.4\n  apiBase: http://127.0.0.1:9999/openai/v1\n  apiKey: old\n',
    goesTo: /9999/,
    otherProfile: 'name: Mine\nversion: 1.0.0\nschema: v1\nmodels: []\nmcpServers: [{name: a, command: b}]\n',
    invalid: 'name: Mine\nmodels:\n  - name: "a\n',
    invalidLine: 4,
    misshapen: 'models:\n  first: {name: a}\n',
  },
  zed: {
    comments: '// Zed settings\n{\n  "theme": "One Dark", // dark\n  "language_models": {\n    // mine\n  },\n}\n',
    elsewhere: '{"language_models":{"anthropic":{"api_url":"https://gw.example"}}}',
    goesTo: /gw\.example/,
    otherProfile: '{"language_models":{"openai":{"available_models":[{"name":"x","max_tokens":1}]}},"vim_mode":true}',
    invalid: '{\n  "theme": "One,\n}\n',
    invalidLine: 2,
    misshapen: '{"language_models":[]}',
  },
};

async function connect(tool: FileTool, machine: ReturnType<typeof createMachine>, force = false) {
  const plan = await planConnect(tool, ADDRESS, machine.context, { force });
  await plan.apply();
  return plan;
}

async function disconnect(tool: FileTool, machine: ReturnType<typeof createMachine>, force = false) {
  for (const plan of await planDisconnect(tool, machine.context, { force })) await plan.apply();
}

const commentsOf = (text: string) => text.match(/(?<!:)(?:\/\/|#|\/\*) [a-z ]+/g) ?? [];

const stateOf = async (tool: FileTool, machine: ReturnType<typeof createMachine>) =>
  (await reportTool(tool, ADDRESS, machine.context)).state;

test('every tool with a file has its samples', () => {
  expect(FILE_TOOLS.map(({ id }) => id).sort()).toEqual(Object.keys(SAMPLES).sort());
});

describe.each(FILE_TOOLS)('$id', (tool) => {
  const samples = SAMPLES[tool.id] as Samples;

  test('no file: it is made for its owner alone, and goes again with the folders made for it', async () => {
    const machine = createMachine();
    expect(await stateOf(tool, machine)).toEqual({ status: 'not-connected' });
    const plan = await connect(tool, machine);
    expect(plan.makesFile).toBe(true);
    expect(statSync(plan.file).mode & 0o777).toBe(0o600);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    await disconnect(tool, machine);
    expect(readdirSync(machine.homedir).filter((name) => name !== 'meshbar')).toEqual([]);
    expect(existsSync(path.join(machine.meshbarHome, 'connect'))).toBe(false);
  });

  test.each([
    ['empty', ''],
    ['blank', '\n  \n'],
    ['comments', samples.comments],
    ['comments, lines ended as on Windows', samples.comments.replaceAll('\n', '\r\n')],
    ['no newline at its end', samples.comments.trimEnd()],
    ['another profile or provider', samples.otherProfile],
    ['an address of its own', samples.elsewhere],
  ])('%s: connected, everything else stays, and the same bytes come back', async (name, text) => {
    const machine = createMachine();
    const file = machine.write(tool, text);
    chmodSync(file, 0o640);
    const before = await stateOf(tool, machine);
    expect(before.status).toBe(name === 'an address of its own' ? 'elsewhere' : 'not-connected');
    if (before.status === 'elsewhere') expect(before.address).toMatch(samples.goesTo);
    await connect(tool, machine);
    const connected = machine.read(tool);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    expect(statSync(file).mode & 0o777).toBe(0o640);
    for (const comment of commentsOf(text)) expect(connected).toContain(comment);
    if (text.includes('\r\n')) expect(connected.replaceAll('\r\n', '')).not.toContain('\n');
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(text);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test('connected: a second time changes nothing', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    await connect(tool, machine);
    const { mtimeMs } = statSync(file);
    const again = await connect(tool, machine);
    expect(again.lines).toEqual([]);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(samples.comments);
  });

  test('connected to where the proxy was before: moved, and the first bytes come back', async () => {
    const machine = createMachine();
    machine.write(tool, samples.comments);
    const old = { url: 'http://127.0.0.1:9001', localKey: ADDRESS.localKey };
    await (await planConnect(tool, old, machine.context)).apply();
    expect(await stateOf(tool, machine)).toMatchObject({
      status: 'elsewhere',
      address: expect.stringContaining('9001'),
    });
    await connect(tool, machine);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(samples.comments);
  });

  test.skipIf(tool.id === 'zed')('connected with an old key: said, and mended', async () => {
    const machine = createMachine();
    machine.write(tool, samples.comments);
    await (await planConnect(tool, { ...ADDRESS, localKey: 'the key before this one' }, machine.context)).apply();
    expect(await stateOf(tool, machine)).toEqual({ status: 'stale-key' });
    const plan = await connect(tool, machine);
    expect(JSON.stringify(plan.lines)).not.toMatch(/the key before this one|local-key-of-these-tests/);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(samples.comments);
  });

  test('changed by hand elsewhere since: our keys alone are undone', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    await connect(tool, machine);
    const hand = tool.format.name === 'JSON' ? '// by hand\n' : '# by hand\n';
    writeFileSync(file, hand + machine.read(tool));
    await disconnect(tool, machine);
    expect(tool.format.parse(machine.read(tool))).toEqual(tool.format.parse(samples.comments));
    expect(machine.read(tool)).toContain(hand);
    for (const comment of commentsOf(samples.comments)) expect(machine.read(tool)).toContain(comment);
  });

  test('one of our keys changed by hand since: not run over, unless with force', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    await connect(tool, machine);
    const changed = machine.read(tool).replaceAll('127.0.0.1:8766', 'hand.example');
    writeFileSync(file, changed);
    expect(await stateOf(tool, machine)).toMatchObject({ status: 'changed' });
    await expect(connect(tool, machine)).rejects.toMatchObject({ code: 'tool_file_changed', hint: /--force/ });
    await expect(disconnect(tool, machine)).rejects.toMatchObject({ code: 'tool_file_changed', hint: /--force/ });
    expect(machine.read(tool)).toBe(changed);
    await disconnect(tool, machine, true);
    expect(tool.format.parse(machine.read(tool))).toEqual(tool.format.parse(samples.comments));
  });

  test('changed by hand, then connected with force: disconnecting brings back what the hand wrote', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    await connect(tool, machine);
    const changed = machine.read(tool).replaceAll('127.0.0.1:8766', 'hand.example');
    writeFileSync(file, changed);
    await connect(tool, machine, true);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    await disconnect(tool, machine);
    expect(machine.read(tool)).toContain('hand.example');
    expect(machine.read(tool)).not.toContain('127.0.0.1:8766');
  });

  test('invalid: an error with its line, and nothing is written', async () => {
    const machine = createMachine();
    machine.write(tool, samples.invalid);
    expect(await stateOf(tool, machine)).toMatchObject({
      status: 'unreadable',
      reason: expect.stringContaining(`line ${samples.invalidLine},`),
    });
    await expect(connect(tool, machine)).rejects.toMatchObject({ code: 'tool_file_invalid' });
    expect(machine.read(tool)).toBe(samples.invalid);
    expect(existsSync(machine.meshbarHome)).toBe(false);
  });

  test('of another shape: an error, and nothing is written', async () => {
    const machine = createMachine();
    machine.write(tool, samples.misshapen);
    await expect(connect(tool, machine)).rejects.toMatchObject({ code: 'tool_file_invalid' });
    expect(machine.read(tool)).toBe(samples.misshapen);
  });

  test('not UTF-8, or a folder: an error, and nothing is written', async () => {
    const machine = createMachine();
    const file = machine.write(tool, '');
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    await expect(connect(tool, machine)).rejects.toMatchObject({ code: 'tool_file_unreadable', message: /UTF-8/ });
    const other = createMachine();
    mkdirSync(tool.file(other.context), { recursive: true });
    await expect(connect(tool, other)).rejects.toMatchObject({ code: 'tool_file_unreadable', message: /a folder/ });
  });

  test('a link, as dotfiles managers make them: edited where it leads, and it stays a link', async () => {
    const machine = createMachine();
    const target = path.join(machine.homedir, 'dotfiles');
    writeFileSync(target, samples.comments);
    const file = tool.file(machine.context);
    mkdirSync(path.dirname(file), { recursive: true });
    symlinkSync(target, file);
    const plan = await connect(tool, machine);
    expect(plan.file).toBe(target);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(samples.comments);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });

  test('changed by another program between plan and write: an error, and nothing is written', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    const plan = await planConnect(tool, ADDRESS, machine.context);
    writeFileSync(file, samples.otherProfile);
    await expect(plan.apply()).rejects.toMatchObject({ code: 'tool_file_changed' });
    expect(machine.read(tool)).toBe(samples.otherProfile);
    await expect(planDisconnect(tool, machine.context)).rejects.toMatchObject({ code: 'tool_not_connected' });
  });

  test('what is kept to undo it is readable by its owner alone', async () => {
    const machine = createMachine();
    machine.write(tool, samples.elsewhere);
    await connect(tool, machine);
    const folder = path.join(machine.meshbarHome, 'connect', tool.id);
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
