/** What a client of one provider is answered. */
export const providers = {
  'providers.grokChat':
    '{path} is not a path MeshAgent answers: Grok has no chat completions there. Set your tool to the Responses API, with a base URL that ends in /grok/v1, or to Anthropic’s Messages, with one that ends in /grok. A tool that speaks only chat completions can’t reach Grok.',
} as const;
