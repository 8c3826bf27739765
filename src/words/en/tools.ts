/** What is said of tools: what keeps them from Meshbar, what a person does by hand, and how to see that it works. */
export const tools = {
  'tools.claudeCode.cloud': 'env.{name} is set: Claude Code goes there instead. Remove it.',
  'tools.claudeCode.verify': 'In a new `claude`, `/status` shows the base URL; `claude -p ping` sends one request.',
  'tools.codex.profile': 'The profile {name} has a provider of its own: with it, Codex goes there.',
  'tools.codex.verify': '`codex exec ping` sends one request; restart Codex if it is running.',
  'tools.opencode.model':
    'Choose a model of openai or anthropic: other providers of opencode do not go through Meshbar.',
  'tools.opencode.verify':
    '`opencode run ping` sends one request; a file of the project may still name another address.',
  'tools.aider.verify':
    '`aider --message ping` sends a request; a .aider.conf.yml or .env of the project takes precedence over this file.',
  'tools.continue.model': 'Choose one of its models in Continue: {models}.',
  'tools.continue.verify':
    'Continue reads the file when it is saved; the next message to one of these models goes through Meshbar.',
  'tools.zed.enterKey':
    'Zed keeps keys in the system’s keychain, which Meshbar does not touch: enter the local key yourself under `agent: open settings`, LLM Providers, for Anthropic and for OpenAI: {localKey}',
  'tools.zed.ownKeys.app': 'It replaces your own keys there, and disconnecting Zed can’t bring those back.',
  'tools.zed.ownKeys.terminal': 'It replaces your own keys there, and `meshbar disconnect zed` can’t bring those back.',
  'tools.zed.verify':
    'A message to a model of Anthropic or OpenAI in the Agent Panel goes through Meshbar; Zed’s hosted models do not.',

  'tools.snippet.place': '{title}, in {place}:',
  'tools.aiSdk.code': 'The AI SDK is set up in your code; do not commit the key:',
  'tools.vscode.why':
    'VS Code keeps models of your own in a file of the profile, and their keys in its own storage: Meshbar writes neither.',
  'tools.vscode.add': 'Run `Chat: Open Language Models (JSON)` from the Command Palette and add to the list:',
  'tools.vscode.choose': 'Then choose one of the two models in the chat. Completions as you type stay with GitHub.',
  'tools.cline.why':
    'These extensions keep their settings in the editor’s storage, which only they write. In their settings, use either',
  'tools.cline.anthropic': '- API Provider "Anthropic", "Use custom base URL":',
  'tools.cline.openai': '- or API Provider "OpenAI Compatible", with a model such as gpt-5.4:',
  'tools.cline.key': 'API key, for both: {localKey}',
  'tools.jetbrains.why': 'JetBrains IDEs keep keys in the system’s keychain, which Meshbar does not touch.',
  'tools.jetbrains.enter':
    'Settings, Tools, AI Assistant, Providers & API keys: choose the provider "OpenAI-compatible" and enter',
  'tools.jetbrains.model': '  Model such as gpt-5.4',
  'tools.jetbrains.then': 'Chat and agents then go through Meshbar. Features of JetBrains’ own service do not.',
  'tools.cursor.why':
    'Cursor can’t be connected: it sends to models from its own servers, even if you give it a base URL of your own.',
  'tools.cursor.instead':
    'Those servers can’t reach 127.0.0.1 on this machine. An extension in Cursor, such as Claude Code or Cline, can be connected.',

  'tools.exposedKey': 'Others on this machine may read {file}, and with it the key: `chmod go= {file}` ends that.',
  'tools.run.claudeSettings': 'Claude Code’s settings set {names}, which take precedence over Meshbar’s.',
  'tools.run.opencodeConfig': 'OPENCODE_CONFIG_CONTENT is not a JSON object: it is left out for this run.',
} as const;
