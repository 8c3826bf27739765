/** The programs of a developer's day, as they present themselves. */
export interface DemoTool {
  readonly userAgent: string;
  /** Fields that this tool sends besides. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const CLAUDE_CODE: DemoTool = {
  userAgent: 'claude-cli/2.1.45 (external, cli)',
  headers: { 'x-app': 'cli', 'anthropic-beta': 'claude-code-20250219' },
};
export const CODEX: DemoTool = {
  userAgent: 'codex_cli_rs/0.98.0 (Linux; x86_64)',
  headers: { originator: 'codex_cli_rs' },
};
export const OPENAI_PYTHON: DemoTool = {
  userAgent: 'OpenAI/Python 2.21.0',
  headers: { 'x-stainless-lang': 'python', 'x-stainless-package-version': '2.21.0' },
};
export const OPENAI_JS: DemoTool = {
  userAgent: 'OpenAI/JS 6.22.0',
  headers: { 'x-stainless-lang': 'js', 'x-stainless-package-version': '6.22.0' },
};
export const LANGCHAIN: DemoTool = { userAgent: 'langchainjs-openai/1.2.8' };
export const CURL: DemoTool = { userAgent: 'curl/8.12.1' };
