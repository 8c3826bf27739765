const CODE =
  'The address and key are in the code, because an editor or notebook started from the desktop doesn’t have your shell’s variables. Don’t commit the key.';

/** Where each kind of snippet belongs, and what to watch out for. */
export const snippet = {
  'snippet.place.curl': 'a terminal',
  'snippet.place.python': 'a `.py` file',
  'snippet.place.node': 'an `.mjs` file',
  'snippet.place.openai-node': 'an `.mjs` file',
  'snippet.place.langchain-python': 'a `.py` file',
  'snippet.place.langchain-node': 'an `.mjs` file',
  'snippet.place.claude-code': '`~/.claude/settings.json`',
  'snippet.place.codex': '`~/.codex/config.toml`',

  'snippet.caveat.curl':
    'For sh, bash and zsh; on Windows use Git Bash or WSL. The shell may keep the line, with the key in it, in its history.',
  'snippet.caveat.python': CODE,
  'snippet.caveat.node': CODE,
  'snippet.caveat.openai-node': `${CODE} The SDK’s realtime helpers always use TLS; the README says how to connect them.`,
  'snippet.caveat.langchain-python': `${CODE} For Claude models use \`ChatAnthropic\` from \`langchain_anthropic\` with \`base_url\` {anthropic}, for Grok models \`base_url\` {grok} with \`use_responses_api=True\`.`,
  'snippet.caveat.langchain-node': `${CODE} For Claude models use \`ChatAnthropic\` from \`@langchain/anthropic\` with \`anthropicApiUrl\` {anthropic}, for Grok models \`baseURL\` {grok} with \`useResponsesApi: true\`.`,
  'snippet.caveat.claude-code':
    'If the file is already there, add the two lines to its `env`. They override a shell’s variables, and also apply where an editor starts Claude Code. With `ANTHROPIC_API_KEY` from an env block instead, Claude Code asks once whether to use the key: say yes. At an address other than Anthropic’s it leaves some features off, such as the search for MCP tools.',
  'snippet.caveat.codex':
    'Codex reads this file when it starts, and never `OPENAI_BASE_URL`, so an env block doesn’t reach it. In a file that already has tables, `model_provider` goes above the first of them.',
} as const;
