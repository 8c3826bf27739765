import { anthropicClient, langchainClient, openaiClient } from '../compat/clients.js';
import { LOCAL_KEY } from './fixtures.js';

const key = LOCAL_KEY;
const message = (model: string) => ({
  model,
  max_tokens: 1000,
  messages: [{ role: 'user' as const, content: 'hello' }],
});

/**
 * Sends what a developer's tools send, by the official SDKs: streams and plain answers, two providers, a failure and an
 * interrupted stream. Resolves when all have ended: 8 requests, 1 failed, 1 interrupted.
 */
export async function sendTraffic(at: { readonly url: string }): Promise<void> {
  const anthropic = anthropicClient(at, { key });
  const openai = openaiClient(at, { key });
  await anthropic.messages.create(message('claude-sonnet-4-6'));
  await anthropic.messages.stream(message('claude-sonnet-4-6')).finalMessage();
  await anthropic.messages.create(message('claude-haiku-4-5'));
  await openai.responses.create({ model: 'gpt-5.4', input: 'hello' });
  await openai.chat.completions.create({ model: 'gpt-5.4-mini', messages: [{ role: 'user', content: 'hello' }] });
  await langchainClient(at, { apiKey: key }).invoke('hello');
  await anthropicClient(at, { key, plan: 'status=529' })
    .messages.create(message('claude-sonnet-4-6'))
    .catch(() => {});
  await anthropicClient(at, { key, plan: 'events=20; fault=reset; at=mid' })
    .messages.stream(message('claude-haiku-4-5'))
    .finalMessage()
    .catch(() => {});
}
