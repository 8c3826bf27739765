import type { Provider } from '../provider.js';

/** https://platform.openai.com/docs/pricing, built-in tools; opening a page that was found is free. */
export const OPENAI_HOSTED_TOOLS: Provider['hostedTools'] = {
  web_search_call: 'webSearches',
  'web_search_call/search': 'webSearches',
  file_search_call: 'fileSearches',
  code_interpreter_call: 'codeExecutions',
  image_generation_call: 'imageGenerations',
};
