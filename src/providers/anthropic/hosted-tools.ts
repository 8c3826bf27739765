import type { Provider } from '../provider.js';

/** https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview; fetching pages and finding tools is free. */
export const ANTHROPIC_HOSTED_TOOLS: Provider['hostedTools'] = {
  'server_tool_use/web_search': 'webSearches',
  'server_tool_use/code_execution': 'codeExecutions',
  'server_tool_use/bash_code_execution': 'codeExecutions',
  'server_tool_use/text_editor_code_execution': 'codeExecutions',
  // All that a stream says of code that ran.
  container: 'codeExecutions',
};
