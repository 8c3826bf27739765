import { HOSTED_TOOLS as ANTHROPIC_TOOLS } from '../anthropic/hosted-tools.js';
import { HOSTED_TOOLS as OPENAI_TOOLS } from '../openai/hosted-tools.js';
import type { Provider } from '../provider.js';

/** https://docs.x.ai/developers/tools/overview, in either shape of answer; posts on X are searched too. */
export const HOSTED_TOOLS: Provider['hostedTools'] = {
  ...OPENAI_TOOLS,
  ...ANTHROPIC_TOOLS,
  x_search_call: 'otherToolCalls',
  collections_search_call: 'fileSearches',
};
