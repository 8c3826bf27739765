import Anthropic from '@anthropic-ai/sdk';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import OpenAI from 'openai';
import { LOCAL_KEY, type Machine } from './machine.js';

/** Settings as `meshbar env` prints them: an address and a key. The SDKs' own retries are off. */
export interface ClientSettings {
  /** What X-Simulator says. */
  readonly plan?: string;
  readonly key?: string;
}

function headersOf({ plan }: ClientSettings): Record<string, string> {
  return plan === undefined ? {} : { 'X-Simulator': plan };
}

export function openaiClient({ url }: Pick<Machine, 'url'>, settings: ClientSettings = {}): OpenAI {
  return new OpenAI({
    baseURL: `${url}/openai/v1`,
    apiKey: settings.key ?? LOCAL_KEY,
    defaultHeaders: headersOf(settings),
    maxRetries: 0,
  });
}

export function anthropicClient({ url }: Pick<Machine, 'url'>, settings: ClientSettings = {}): Anthropic {
  return new Anthropic({
    baseURL: `${url}/anthropic`,
    apiKey: settings.key ?? LOCAL_KEY,
    authToken: null,
    defaultHeaders: headersOf(settings),
    maxRetries: 0,
  });
}

/** Grok's two shapes: OpenAI's responses and Anthropic's messages, each by its own SDK. */
export function grokClient({ url }: Pick<Machine, 'url'>, settings: ClientSettings = {}): OpenAI {
  return new OpenAI({
    baseURL: `${url}/grok/v1`,
    apiKey: settings.key ?? LOCAL_KEY,
    defaultHeaders: headersOf(settings),
    maxRetries: 0,
  });
}

export function grokMessagesClient({ url }: Pick<Machine, 'url'>, settings: ClientSettings = {}): Anthropic {
  return new Anthropic({
    baseURL: `${url}/grok`,
    apiKey: settings.key ?? LOCAL_KEY,
    authToken: null,
    defaultHeaders: headersOf(settings),
    maxRetries: 0,
  });
}

export function langchainClient(
  { url }: Pick<Machine, 'url'>,
  fields: { useResponsesApi?: boolean; apiKey?: string } = {},
): ChatOpenAI {
  return new ChatOpenAI({
    model: 'gpt-4.1-mini',
    apiKey: LOCAL_KEY,
    configuration: { baseURL: `${url}/openai/v1` },
    maxRetries: 0,
    ...fields,
  });
}

export function langchainEmbeddings({ url }: Pick<Machine, 'url'>): OpenAIEmbeddings {
  return new OpenAIEmbeddings({
    model: 'text-embedding-3-small',
    apiKey: LOCAL_KEY,
    configuration: { baseURL: `${url}/openai/v1` },
    maxRetries: 0,
  });
}
