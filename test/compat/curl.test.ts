import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasProgram } from '../helpers/run.js';
import { bareEnvironment, LOCAL_KEY, machine } from './machine.js';
import { expectMetered } from './metered.js';

const running = machine();
const billed = () => running().simulator.billed;

/** Has a shell run what MeshAgent's documentation tells its readers to type, with the variables that Meshbar prints. */
function shell(script: string): Promise<string> {
  const { url, home } = running();
  const env = {
    ...bareEnvironment(home),
    OPENAI_BASE_URL: `${url}/openai/v1`,
    OPENAI_API_KEY: LOCAL_KEY,
    ANTHROPIC_BASE_URL: `${url}/anthropic`,
    ANTHROPIC_API_KEY: LOCAL_KEY,
  };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', script], { env, cwd: home }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}

describe.runIf(hasProgram('curl'))('curl', () => {
  test('a response of OpenAI’s', async () => {
    const answer = await shell(`curl -sS "$OPENAI_BASE_URL/responses" \\
      -H "Authorization: Bearer $OPENAI_API_KEY" \\
      -H "Content-Type: application/json" \\
      -d '{
        "model": "gpt-5.4",
        "input": "Tell me a fun fact about AI."
      }'`);
    expect(JSON.parse(answer)).toMatchObject({ object: 'response', status: 'completed' });
    const [record] = await running().take(1);
    expect(record).toMatchObject({ tool: 'curl', path: '/v1/responses', requestModel: 'gpt-5.4' });
    expectMetered(record, billed().at(-1));
  });

  test('a message of Anthropic’s', async () => {
    const answer = await shell(`curl -sS "$ANTHROPIC_BASE_URL/v1/messages" \\
      -H "x-api-key: $ANTHROPIC_API_KEY" \\
      -H "anthropic-version: 2023-06-01" \\
      -H "content-type: application/json" \\
      -d '{
        "model": "claude-sonnet-4-6",
        "max_tokens": 512,
        "messages": [
          {"role": "user", "content": "Tell me a fun fact about AI."}
        ]
      }'`);
    expect(JSON.parse(answer)).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
    const [record] = await running().take(1);
    expect(record).toMatchObject({ tool: 'curl', path: '/v1/messages' });
    expectMetered(record, billed().at(-1));
  });

  /** A chat stream without a word about usage. */
  const stream = (options: string) =>
    shell(`curl -sSN ${options} "$OPENAI_BASE_URL/chat/completions" -H "Authorization: Bearer $OPENAI_API_KEY" \\
      -H 'Content-Type: application/json' \\
      -d '{"model": "gpt-5.4", "stream": true, "messages": [{"role": "user", "content": "hello"}]}'`);

  test('a stream is what was asked for, and metered', async () => {
    const answer = await stream('');
    const [record] = await running().take(1);
    expectMetered(record, billed().at(-1));
    expect(answer.trimEnd()).toMatch(/data: \[DONE\]$/);
    expect(answer).not.toContain('"usage":{');
  });

  test('a client that would take a compressed stream gets a plain one, or that chunk could not be withheld', async () => {
    const answer = await stream('--compressed');
    const [record] = await running().take(1);
    expectMetered(record, billed().at(-1));
    expect(answer).not.toContain('"usage":{');
  });

  test('a file is sent', async () => {
    await writeFile(path.join(running().home, 'talk.mp3'), Buffer.alloc(5_000_000));
    const answer = await shell(`curl -sS "$OPENAI_BASE_URL/audio/transcriptions" \\
      -H "Authorization: Bearer $OPENAI_API_KEY" -F model=gpt-4o-transcribe -F file=@talk.mp3`);
    expect(JSON.parse(answer).text).toContain('café');
    const [record] = await running().take(1);
    expect(record).toMatchObject({ requestModel: 'gpt-4o-transcribe', outcome: 'complete', standing: 'measured' });
  });

  test('the shorter address, over HTTP/2 if it could be had, and the head alone', async () => {
    const url = `${running().url}/v1/models`;
    const list = await shell(`curl -sS --http2 ${url} -H "Authorization: Bearer $OPENAI_API_KEY"`);
    expect(JSON.parse(list).object).toBe('list');
    const head = await shell(`curl -sSI ${url}/gpt-5.4 -H "Authorization: Bearer $OPENAI_API_KEY"`);
    expect(head).toMatch(/^HTTP\/1\.1 \d{3}/);
    const [first, second] = await running().take(2);
    expect(first).toMatchObject({ path: '/v1/models', outcome: 'complete' });
    expect(second).toMatchObject({ method: 'HEAD', status: 200, outcome: 'complete' });
  });

  test('without a key it is told how to get one', async () => {
    const answer = await shell(`curl -sS -w '%{http_code}' "$OPENAI_BASE_URL/models"`);
    expect(answer).toMatch(/meshbar env.*401$/s);
  });
});
