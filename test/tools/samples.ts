/** What the file of a tool may hold. */
export interface Samples {
  readonly comments: string;
  /** Sends to another address, which `goesTo` names. */
  readonly elsewhere: string;
  /** What that is called: elsewhere, unless said. */
  readonly ownAddress?: 'old-address';
  readonly goesTo: RegExp;
  /** Another profile, project or part of the file that is none of ours. */
  readonly otherProfile: string;
  readonly invalid: string;
  readonly invalidLine: number;
  /** Valid, and of another shape than the tool takes. */
  readonly misshapen: string;
}

export const SAMPLES: Readonly<Record<string, Samples>> = {
  'claude-code': {
    comments: '// mine\n{\n\t"model": "opus", // best\n\t/* about */ "env": {\n\t\t"FOO": "1" // foo\n\t},\n}\n',
    elsewhere: '{ "env": { "ANTHROPIC_BASE_URL": "https://gw.example/a", "ANTHROPIC_AUTH_TOKEN": "theirs" } }',
    goesTo: /gw\.example/,
    otherProfile: '{"permissions":{"allow":["Bash"]},"env":{"ENABLE_TOOL_SEARCH":"auto"}}',
    invalid: '{\n  "env": {\n    "A" "1"\n  }\n}\n',
    invalidLine: 3,
    misshapen: '{ "env": ["A=1"] }',
  },
  codex: {
    comments: '# mine\nmodel = "gpt-5.4" # best\n\n# servers\n[mcp_servers.a]\ncommand = "a"\n\n# the end\n',
    elsewhere:
      'model_provider = "azure"\n[model_providers.azure]\nname = "Azure"\nbase_url = "https://azure.example/openai"\n',
    goesTo: /azure\.example.*azure/,
    otherProfile: '[profiles.work]\nmodel_provider = "azure"\n\n[[rules]]\na = 1\n[[rules]]\na = 2\n',
    invalid: 'model = "gpt-5.4"\n[model_providers\n',
    invalidLine: 2,
    misshapen: 'model_providers = "none"\n',
  },
  opencode: {
    comments: '{\n  // mine\n  "$schema": "https://opencode.ai/config.json",\n  "provider": {} // none yet\n}\n',
    elsewhere: '{"provider":{"openai":{"options":{"baseURL":"https://gw.example/v1","apiKey":"{env:KEY}"}}}}',
    goesTo: /gw\.example/,
    otherProfile: '{"provider":{"ollama":{"options":{"baseURL":"http://localhost:11434/v1"}}},"model":"ollama/x"}\n',
    invalid: '{\n  "model": \n}\n',
    invalidLine: 3,
    misshapen: '{"provider":"openai"}',
  },
  aider: {
    comments: '# mine\nmodel: sonnet # best\n\n# environment\nset-env:\n  - FOO=1 # foo\n\n# the end\n',
    elsewhere: 'openai-api-base: https://gw.example/v1\nopenai-api-key: theirs\n',
    goesTo: /gw\.example/,
    otherProfile: 'read: [CONVENTIONS.md, notes.txt]\nset-env: [OLLAMA_API_BASE=http://127.0.0.1:11434]\n',
    invalid: 'model: sonnet\ndark-mode: [true\n',
    invalidLine: 3,
    misshapen: 'set-env: FOO=1\n',
  },
  continue: {
    comments:
      '# mine\nname: Mine\nversion: 1.0.0\nschema: v1\n\nmodels: # all\n  # local\n  - name: Llama\n    provider: ollama\n    model: llama3\n\n# rules\nrules:\n  - Be brief\n',
    elsewhere:
      'models:\n- name: GPT (Meshbar)\n  provider: openai\n  model: gpt-5.4\n  apiBase: http://127.0.0.1:9999/openai/v1\n  apiKey: old\n',
    ownAddress: 'old-address',
    goesTo: /9999/,
    otherProfile: 'name: Mine\nversion: 1.0.0\nschema: v1\nmodels: []\nmcpServers: [{name: a, command: b}]\n',
    invalid: 'name: Mine\nmodels:\n  - name: "a\n',
    invalidLine: 4,
    misshapen: 'models:\n  first: {name: a}\n',
  },
  zed: {
    comments: '// Zed settings\n{\n  "theme": "One Dark", // dark\n  "language_models": {\n    // mine\n  },\n}\n',
    elsewhere: '{"language_models":{"anthropic":{"api_url":"https://gw.example"}}}',
    goesTo: /gw\.example/,
    otherProfile: '{"language_models":{"openai":{"available_models":[{"name":"x","max_tokens":1}]}},"vim_mode":true}',
    invalid: '{\n  "theme": "One,\n}\n',
    invalidLine: 2,
    misshapen: '{"language_models":[]}',
  },
};
