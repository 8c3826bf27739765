/** For each tool whose file Meshbar edits: what the file may hold, what it is then called, and what connecting makes of it. */

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileTool } from '../../src/tools/adapter.js';
import { planConnect } from '../../src/tools/connect.js';
import { planDisconnect } from '../../src/tools/disconnect.js';
import { inspectTool } from '../../src/tools/tool-state.js';
import { englishOf } from '../../src/words/index.js';
import { wordsOf } from '../helpers/error-words.js';
import { ADDRESS, createMachine, FILE_TOOLS } from './machine.js';
import { SAMPLES, type Samples } from './samples.js';

async function connect(tool: FileTool, machine: ReturnType<typeof createMachine>, force = false) {
  const plan = await planConnect(tool, ADDRESS, machine.context, { force });
  await plan.apply();
  return plan;
}

async function disconnect(tool: FileTool, machine: ReturnType<typeof createMachine>, force = false) {
  for (const plan of await planDisconnect(tool, machine.context, { force })) await plan.apply();
}

/** Moves a file away and leaves a link, as dotfiles managers do; gives where it stands now. */
function linkedFromDotfiles({ homedir }: ReturnType<typeof createMachine>, file: string): string {
  const target = path.join(homedir, 'dotfiles');
  renameSync(file, target);
  symlinkSync(target, file);
  return target;
}

const commentsOf = (text: string) => text.match(/(?<!:)(?:\/\/|#|\/\*) [a-z ]+/g) ?? [];

const stateOf = async (tool: FileTool, machine: ReturnType<typeof createMachine>) =>
  (await inspectTool(tool, ADDRESS, machine.context)).state;

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
    expect(before.status).toBe(
      name === 'an address of its own' ? (samples.ownAddress ?? 'elsewhere') : 'not-connected',
    );
    if ('address' in before) expect(before.address).toMatch(samples.goesTo);
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
      status: 'old-address',
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
    for (const attempt of [connect, disconnect]) {
      const refused = await attempt(tool, machine).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'tool_file_changed' });
      expect(wordsOf(refused)).toContain('--force');
    }
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
    const state = await stateOf(tool, machine);
    expect(state.status === 'unreadable' && englishOf(state.reason)).toContain(`line ${samples.invalidLine},`);
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
    expect(await connect(tool, machine).catch(wordsOf)).toMatch(/UTF-8/);
    const other = createMachine();
    mkdirSync(tool.file(other.context), { recursive: true });
    expect(await connect(tool, other).catch(wordsOf)).toMatch(/a folder/);
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

  test('no file, in a folder that is a link: it is made where that leads, and goes again', async () => {
    const machine = createMachine();
    const target = path.join(machine.homedir, 'disk');
    const homedir = path.join(machine.homedir, 'me');
    mkdirSync(target);
    symlinkSync(target, homedir);
    const where = { ...machine, context: { ...machine.context, homedir } };
    const plan = await connect(tool, where);
    expect(plan.file.startsWith(target)).toBe(true);
    expect(await stateOf(tool, where)).toEqual({ status: 'connected' });
    expect((await connect(tool, where)).lines).toEqual([]);
    await disconnect(tool, where);
    expect(readdirSync(target)).toEqual([]);
    expect(existsSync(path.join(machine.meshbarHome, 'connect'))).toBe(false);
  });

  test('made a link since, as dotfiles managers do: given back where it leads', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    await connect(tool, machine);
    const target = linkedFromDotfiles(machine, file);
    expect(await stateOf(tool, machine)).toEqual({ status: 'connected' });
    const moved = { url: 'http://127.0.0.1:9001', localKey: ADDRESS.localKey };
    await (await planConnect(tool, moved, machine.context)).apply();
    expect(await machine.context.receipts.all(tool.id)).toMatchObject([{ file: target }]);
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(samples.comments);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });

  test('made a link since, and nothing else: the same bytes come back', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    await connect(tool, machine);
    linkedFromDotfiles(machine, file);
    await disconnect(tool, machine);
    expect(machine.read(tool)).toBe(samples.comments);
    expect(existsSync(path.join(machine.meshbarHome, 'connect'))).toBe(false);
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

  test('a file that others may read keeps its mode, and it is said that they may read the key', async () => {
    const machine = createMachine();
    const file = machine.write(tool, samples.comments);
    const remarksFor = async (mode: number) => {
      chmodSync(file, mode);
      const { remarks } = await planConnect(tool, ADDRESS, machine.context);
      return remarks.filter((remark) => englishOf(remark).includes(`chmod go= ${file}`)).length;
    };
    const reported = async () => (await inspectTool(tool, ADDRESS, machine.context)).remarks.map(englishOf).join('\n');
    const hasKey = tool.id !== 'zed';
    expect(await remarksFor(0o600)).toBe(0);
    expect(await remarksFor(0o640)).toBe(hasKey ? 1 : 0);
    expect(await remarksFor(0o604)).toBe(hasKey ? 1 : 0);
    expect(await reported()).toBe('');
    await connect(tool, machine);
    expect(await remarksFor(0o644)).toBe(hasKey ? 1 : 0);
    expect(await reported()).toBe(
      hasKey ? `Others on this machine may read ${file}, and with it the key: \`chmod go= ${file}\` ends that.` : '',
    );
    chmodSync(file, 0o600);
    expect(await reported()).toBe('');
    chmodSync(file, 0o644);
    const onWindows = await planConnect(tool, ADDRESS, { ...machine.context, platform: 'win32' });
    expect(onWindows.remarks).toEqual([]);
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

/** What stands where one of our keys goes need not be what the tool takes there. */
test.each([
  ['aider', 'openai-api-key:\nmodel: sonnet\n'],
  ['aider', 'openai-api-key: 17\nopenai-api-base: [1, null, 2.5]\nmodel: sonnet\n'],
  ['continue', 'models:\n- name: GPT (Meshbar)\n  provider: openai\n  contextLength: 200000\n  apiKey:\n'],
  ['codex', 'model = "gpt-5.4"\nmodel_provider = 17\n'],
  ['codex', '[model_providers.meshbar]\nname = 1.5\nwire_api = false\n'],
  ['claude-code', '{"env":{"ANTHROPIC_BASE_URL":null,"ANTHROPIC_AUTH_TOKEN":17}}'],
])('%s, %j: given back, also where the file has been changed by hand since', async (id, text) => {
  const tool = FILE_TOOLS.find((one) => one.id === id) as FileTool;
  const machine = createMachine();
  const file = machine.write(tool, text);
  await connect(tool, machine, true);
  await disconnect(tool, machine);
  expect(machine.read(tool)).toBe(text);
  await connect(tool, machine, true);
  const hand = tool.format.name === 'JSON' ? '// by hand\n' : '# by hand\n';
  writeFileSync(file, hand + machine.read(tool));
  await disconnect(tool, machine);
  expect(tool.format.parse(machine.read(tool))).toEqual(tool.format.parse(text));
});

test('a number added to an entry of ours, then connected with force: disconnecting brings it back', async () => {
  const tool = FILE_TOOLS.find(({ id }) => id === 'continue') as FileTool;
  const machine = createMachine();
  const file = machine.write(tool, '');
  await connect(tool, machine);
  const changed = machine.read(tool).replace(/( +)model: gpt-5\.4\n/, '$&$1contextLength: 200000\n');
  expect(changed).toContain('contextLength');
  writeFileSync(file, changed);
  await connect(tool, machine, true);
  expect(machine.read(tool)).not.toContain('contextLength');
  await disconnect(tool, machine);
  expect(machine.read(tool)).toContain('contextLength: 200000');
});

test.each([
  ['codex', 'CODEX_HOME'],
  ['claude-code', 'CLAUDE_CONFIG_DIR'],
  ['continue', 'CONTINUE_GLOBAL_DIR'],
])('%s: %s from the folder one is in is a path from the root', (id, variable) => {
  const tool = FILE_TOOLS.find((one) => one.id === id) as FileTool;
  const { context } = createMachine({ [variable]: 'mine' });
  expect(path.dirname(tool.file(context))).toBe(path.resolve('mine'));
});
