import { ANTHROPIC_HOSTED_TOOLS } from '../anthropic/hosted-tools.js';
import { OPENAI_HOSTED_TOOLS } from '../openai/hosted-tools.js';
import type { Provider } from '../provider.js';

/** https://docs.x.ai/developers/tools/overview, in either shape of answer; posts on X are searched too. */
export const GROK_HOSTED_TOOLS: Provider['hostedTools'] = {
  ...OPENAI_HOSTED_TOOLS,
  ...ANTHROPIC_HOSTED_TOOLS,
  x_search_call: 'otherToolCalls',
  collections_search_call: 'fileSearches',
};
