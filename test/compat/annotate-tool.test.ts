import { expect, test } from 'vitest';
import { toolAnnotation } from '../../src/billing/annotation.js';
import { CHAT, startAccounts } from './accounts-machine.js';

const FIELD = 'x-meshagent-annotation-meshbar-tool';

test('the tool is named to MeshAgent, unless the client named it', async () => {
  const { openai, forwarded, simulator } = await startAccounts(['--annotate-tool']);
  await openai().chat.completions.create(CHAT);
  await openai().chat.completions.create(CHAT, { headers: { [FIELD]: 'mine', 'X-Meshagent-Annotation-Team': 'a' } });
  expect(forwarded().map(({ headers }) => headers[FIELD])).toEqual(['OpenAI SDK JS', 'mine']);
  expect(simulator.billed.map(({ annotations }) => annotations)).toEqual([
    { 'meshbar-tool': 'OpenAI SDK JS' },
    { 'meshbar-tool': 'mine', team: 'a' },
  ]);
});

test('it is not without the option', async () => {
  const { openai, forwarded } = await startAccounts();
  await openai().chat.completions.create(CHAT);
  expect(forwarded().map(({ headers }) => headers[FIELD])).toEqual([undefined]);
});

test.each([
  ['Claude Code', ['X-Meshagent-Annotation-Meshbar-Tool', 'Claude Code']],
  ['OpenAI SDK · Python', ['X-Meshagent-Annotation-Meshbar-Tool', 'OpenAI SDK Python']],
  ['a\r\nAuthorization: x', ['X-Meshagent-Annotation-Meshbar-Tool', 'a Authorization: x']],
  [`${'x'.repeat(59)} y`, ['X-Meshagent-Annotation-Meshbar-Tool', 'x'.repeat(59)]],
  ['·', []],
])('the name %j becomes %j', (tool, fields) => {
  expect(toolAnnotation(tool)).toEqual(fields);
});
