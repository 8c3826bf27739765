import type { Help, Option } from 'commander';
import { t } from '../words/index.js';

/** What commander says in English of its own, in the reader's language: the frame of a help, and usage errors. */

/** The titles by which commander calls the parts of a help. */
const TITLES: Readonly<Record<string, () => string>> = {
  'Usage:': () => t('terminal.help.usage'),
  'Arguments:': () => t('terminal.help.arguments'),
  'Options:': () => t('terminal.help.options'),
  'Commands:': () => t('terminal.help.commands'),
};

export const HELP_CONFIGURATION: Partial<Help> = {
  styleTitle: (title) => TITLES[title]?.() ?? title,
  optionDescription,
};

/** "port to listen on (default: 8766)". */
function optionDescription(option: Option): string {
  const { argChoices, defaultValue, defaultValueDescription, presetArg, envVar, required, optional } = option;
  const facts: string[] = [];
  if (argChoices) facts.push(t('terminal.help.choices', { values: argChoices.join(', ') }));
  const isNone = defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0);
  const hasDefault = !isNone && (required || optional);
  if (hasDefault) facts.push(t('terminal.help.default', { value: defaultValueDescription ?? String(defaultValue) }));
  if (presetArg !== undefined && optional) facts.push(t('terminal.help.preset', { value: String(presetArg) }));
  if (envVar !== undefined) facts.push(t('terminal.help.variable', { name: envVar }));
  return facts.length === 0 ? option.description : `${option.description} (${facts.join('; ')})`;
}

type Rule = readonly [pattern: RegExp, say: (...found: string[]) => string];

/** Commander's usage errors, as version 15 words them. */
const ERRORS: readonly Rule[] = [
  [/^unknown option '(.*)'$/s, (option) => t('terminal.help.error.unknownOption', { option })],
  [/^unknown command '(.*)'$/s, (command) => t('terminal.help.error.unknownCommand', { command })],
  [/^missing required argument '(.*)'$/s, (argument) => t('terminal.help.error.missingArgument', { argument })],
  [/^option '(.*)' argument missing$/s, (option) => t('terminal.help.error.missingValue', { option })],
  [
    /^(?:option|environment variable) '(.*?)' cannot be used with (?:option|environment variable) '(.*)'$/s,
    (option, other) => t('terminal.help.error.conflict', { option, other }),
  ],
  [/^too many arguments.*? but got \d+: (.*)\.$/s, (given) => t('terminal.help.error.tooMany', { given })],
  [
    /^option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
    (option, value, problem) => t('terminal.help.error.badOption', { option, value, problem: valueProblem(problem) }),
  ],
  [
    /^option '(?:.*?)' value '(.*)' from env '(.*?)' is invalid\. (.*)$/s,
    (value, variable, problem) =>
      t('terminal.help.error.badVariable', { variable, value, problem: valueProblem(problem) }),
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/s,
    (value, argument, problem) =>
      t('terminal.help.error.badArgument', { argument, value, problem: valueProblem(problem) }),
  ],
];

/** Commander's text of a usage error as one sentence or two; what is said by Meshbar itself stays as it is. */
export function usageErrorText(text: string): string {
  const [, body = '', similar] =
    /^(?:error: )?(.*?)(?:\s*\(Did you mean (?:one of )?(.*)\?\))?$/s.exec(text.trim()) ?? [];
  const problem = said(ERRORS, body) ?? body;
  return t('terminal.help.error', {
    problem: similar === undefined ? problem : t('terminal.help.error.didYouMean', { problem, similar }),
  });
}

function valueProblem(text: string): string {
  return (
    said([[/^Allowed choices are (.*)\.$/s, (choices) => t('terminal.help.error.choices', { choices })]], text) ?? text
  );
}

function said(rules: readonly Rule[], text: string): string | undefined {
  for (const [pattern, say] of rules) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1).map((part) => part ?? ''));
  }
  return undefined;
}
