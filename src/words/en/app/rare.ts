/** Providers that most people use nothing of, apart from the others. */
export const rare = {
  'app.rare.title': 'Other providers',
  'app.rare.variables': 'Variables for {provider}',
  'app.rare.noChat':
    'Through MeshAgent, {provider} answers OpenAI’s Responses API and Anthropic’s Messages. A tool that speaks only chat completions can’t use it.',
} as const;
