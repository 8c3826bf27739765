import path from 'node:path';
import { baseUrlOf } from '../../shared/providers.js';
import { say } from '../../words/say.js';
import type { FileTool } from '../adapter.js';
import { yaml } from '../formats/yaml.js';

/**
 * Aider's file in the home folder, read first of three (https://aider.chat/docs/config/aider_conf.html). It has no
 * setting for Anthropic's address; LiteLLM, which sends for it, takes that from a variable.
 */
export const aider: FileTool = {
  kind: 'file',
  id: 'aider',
  title: 'Aider',
  programs: ['aider'],
  format: yaml,
  file: ({ homedir }) => path.join(homedir, '.aider.conf.yml'),
  settings: ({ url, localKey }) => [
    { path: ['openai-api-base'], value: baseUrlOf('openai', url), role: 'address' },
    { path: ['openai-api-key'], value: localKey, role: 'key' },
    { path: ['anthropic-api-key'], value: localKey, role: 'key' },
    {
      path: ['set-env', { item: 'ANTHROPIC_API_BASE=' }],
      value: `ANTHROPIC_API_BASE=${baseUrlOf('anthropic', url)}`,
      role: 'address',
    },
  ],
  verify: say('tools.aider.verify'),
};
