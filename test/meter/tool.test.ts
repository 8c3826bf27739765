import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { ChatOpenAI } from '@langchain/openai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolOf } from '../../src/meter/tool.js';

describe('a tool by its user agent', () => {
  it.each([
    ['claude-cli/2.1.2 (external, cli)', 'Claude Code', '2.1.2'],
    ['claude-cli/2.0.62 (external, claude-vscode, agent-sdk/0.1.62)', 'Claude Code', '2.0.62'],
    ['codex_cli_rs/0.38.0 (Ubuntu 24.04.2 LTS; x86_64) WindowsTerminal', 'Codex', '0.38.0'],
    ['codex_exec/0.98.0 (Mac OS 26.1.0; arm64) iTerm.app/3.6', 'Codex', '0.98.0'],
    ['codex_vscode/0.60.1 (Windows 10.0; x86_64) unknown', 'Codex', '0.60.1'],
    ['opencode/1.0.2 ai-sdk/provider-utils/3.0.17 runtime/bun/1.3.2', 'opencode', '1.0.2'],
    ['OpenAI/Python 1.109.1', 'OpenAI SDK · Python', '1.109.1'],
    ['AsyncOpenAI/Python 1.109.1', 'OpenAI SDK · Python', '1.109.1'],
    ['AsyncAzureOpenAI/Python 1.109.1', 'OpenAI SDK · Python', '1.109.1'],
    ['OpenAI/JS 6.2.0', 'OpenAI SDK · JS', '6.2.0'],
    ['OpenAI/Go 3.1.0', 'OpenAI SDK · Go', '3.1.0'],
    ['OpenAI/Ruby 0.30.0', 'OpenAI SDK · Ruby', '0.30.0'],
    ['OpenAIClientImpl/Java 4.3.0', 'OpenAI SDK · Java', '4.3.0'],
    ['OpenAI/2.5.0 (.NET 9.0.1; Darwin 24.0.0)', 'OpenAI SDK · .NET', '2.5.0'],
    ['Anthropic/Python 0.71.0', 'Anthropic SDK · Python', '0.71.0'],
    ['AsyncAnthropic/Python 0.71.0', 'Anthropic SDK · Python', '0.71.0'],
    ['Anthropic/JS 0.68.0', 'Anthropic SDK · JS', '0.68.0'],
    ['Anthropic/Go 1.14.0', 'Anthropic SDK · Go', '1.14.0'],
    ['AnthropicClientImpl/Java 2.9.0', 'Anthropic SDK · Java', '2.9.0'],
    ['langchainjs-openai/1.0.0 (node/24.1.0)', 'LangChain', '1.0.0'],
    ['langchain-anthropic/1.0.0', 'LangChain', '1.0.0'],
    ['litellm/1.80.0', 'LiteLLM', '1.80.0'],
    ['Aider/0.86.1 +https://aider.chat', 'Aider', '0.86.1'],
    ['ai/5.0.93 ai-sdk/openai/2.0.67 ai-sdk/provider-utils/3.0.17 runtime/node.js/v24.1.0', 'Vercel AI SDK', '5.0.93'],
    ['ai-sdk/anthropic/2.0.45 ai-sdk/provider-utils/3.0.17 runtime/browser', 'Vercel AI SDK', '2.0.45'],
    ['ai-sdk/openai-compatible/1.0.22 ai-sdk/provider-utils/3.0.12 runtime/node.js/24', 'Vercel AI SDK', '1.0.22'],
    ['my-app/1.0 ai-sdk/openai/2.0.67 ai-sdk/provider-utils/3.0.17', 'Vercel AI SDK', '2.0.67'],
    ['Agents/Python 0.6.1', 'OpenAI Agents SDK', '0.6.1'],
    ['Agents/JavaScript 0.3.2', 'OpenAI Agents SDK', '0.3.2'],
    ['Cursor/2.0.1', 'Cursor', '2.0.1'],
    ['Zed/0.211.4 (macos; aarch64)', 'Zed', '0.211.4'],
    ['GitHubCopilotChat/0.33.0', 'GitHub Copilot', '0.33.0'],
    ['RooCode/3.30.0', 'Roo Code', '3.30.0'],
    ['Kilo-Code/4.120.0', 'Kilo Code', '4.120.0'],
    ['Cline/3.36.0', 'Cline', '3.36.0'],
    ['meshagent/0.20.1', 'MeshAgent', '0.20.1'],
    ['curl/8.7.1', 'curl', '8.7.1'],
    ['Wget/1.24.5', 'Wget', '1.24.5'],
    ['HTTPie/3.2.4', 'HTTPie', '3.2.4'],
    ['PostmanRuntime/7.49.0', 'Postman', '7.49.0'],
    ['python-requests/2.32.5', 'Python requests', '2.32.5'],
    ['python-httpx/0.28.1', 'Python httpx', '0.28.1'],
    ['Python/3.13 aiohttp/3.13.2', 'Python aiohttp', '3.13.2'],
    ['Go-http-client/1.1', 'Go net/http', '1.1'],
    ['axios/1.13.2', 'axios', '1.13.2'],
    ['node', 'Node.js fetch', undefined],
    ['undici', 'Node.js fetch', undefined],
    ['Bun/1.3.2', 'Bun fetch', '1.3.2'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15', 'Browser', '5.0'],
    ['my-agent/1.2 (x)', 'my-agent', '1.2'],
    ['My Agent', 'My Agent', undefined],
    ['', 'Unknown', undefined],
    ['\u202e\u0007', 'Unknown', undefined],
  ])('%s', (userAgent, name, version) => {
    expect(toolOf({ 'user-agent': userAgent })).toEqual(version === undefined ? { name } : { name, version });
  });
});

describe('a tool by other fields', () => {
  it.each<[IncomingHttpHeaders, string, string | undefined]>([
    [{}, 'Unknown', undefined],
    [{ originator: 'codex_sdk_ts' }, 'Codex', undefined],
    [
      { 'user-agent': 'AzureThing/9', 'x-stainless-lang': 'python', 'x-stainless-package-version': '1.2' },
      'OpenAI SDK · Python',
      '1.2',
    ],
    [{ 'x-stainless-lang': 'python', 'x-stainless-package-version': '1.3' }, 'OpenAI SDK · Python', '1.3'],
    [{ 'x-stainless-lang': 'csharp', 'anthropic-version': '2023-06-01' }, 'Anthropic SDK · .NET', undefined],
    [{ 'x-stainless-lang': 'swift\u0000' }, 'OpenAI SDK · swift', undefined],
  ])('%j', (headers, name, version) => {
    expect(toolOf(headers)).toEqual(version === undefined ? { name } : { name, version });
  });

  it('is not mixed up when many come by', () => {
    for (let i = 0; i < 500; i += 1) expect(toolOf({ 'user-agent': `tool-${i}/1` }).name).toBe(`tool-${i}`);
    expect(toolOf({ 'user-agent': 'tool-3/1' }).name).toBe('tool-3');
  });
});

describe('the real packages', () => {
  let seen: IncomingHttpHeaders | undefined;
  const server = createServer((request, response) => {
    seen = request.headers;
    request.resume();
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const messages = [{ role: 'user' as const, content: 'x' }];

  it.each<[string, () => Promise<unknown>]>([
    ['OpenAI SDK · JS', () => new OpenAI({ apiKey: 'x', baseURL: url() }).models.list()],
    [
      'Anthropic SDK · JS',
      () =>
        new Anthropic({ apiKey: 'x', baseURL: url() }).messages.create({
          model: 'claude-opus-5',
          max_tokens: 1,
          messages,
        }),
    ],
    [
      'LangChain',
      () =>
        new ChatOpenAI({ apiKey: 'x', model: 'gpt-5.4', maxRetries: 0, configuration: { baseURL: url() } }).invoke('x'),
    ],
    ['Node.js fetch', () => fetch(url()).then((answer) => Promise.reject(answer))],
  ])('%s', async (name, call) => {
    await expect(call()).rejects.toBeDefined();
    expect(toolOf(seen as IncomingHttpHeaders).name).toBe(name);
  });
});
