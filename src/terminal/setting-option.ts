import { InvalidArgumentError, Option } from 'commander';
import { learnSecret } from '../files/secrets.js';
import { problemText } from '../settings/problem-text.js';
import { type NameWith, type Setting, TABLE } from '../settings/table.js';
import type { SettingType } from '../settings/types.js';
import { valueFrom } from '../settings/values.js';
import { t } from '../words/index.js';

export type OptionName = NameWith<'option'>;
type SwitchedOffName = NameWith<'off'>;

/** An option whose value is kept under the name of its setting, not of its flag. */
class SettingOption extends Option {
  constructor(
    private readonly setting: OptionName,
    flags: string,
    help: string,
  ) {
    super(flags, help);
  }

  override attributeName(): string {
    return this.setting;
  }
}

/**
 * The option of a setting, as the table of settings has it. Where it means something else to another command, `help`
 * says what. Wrong values are usage errors.
 */
export function settingOption(name: OptionName, help: string = t(`settings.${name}.option`)): Option {
  const setting: Setting = TABLE[name];
  const { type, variable } = setting;
  const option = new SettingOption(name, TABLE[name].option, help);
  if (type.kind === 'choice') option.choices(type.values);
  else if (option.required || option.optional) option.argParser(parserOf(name, type));
  if (option.required || type.kind === 'flag') option.default(setting.default ?? undefined);
  if (variable !== undefined) option.env(variable);
  if (setting.hidden) option.hideHelp();
  return option;
}

/** The option that says the opposite of a setting's own. */
export function settingOffOption(name: SwitchedOffName): Option {
  return new SettingOption(name, TABLE[name].off, t(`settings.${name}.off`));
}

function parserOf(name: OptionName, type: SettingType): (text: string, before: unknown) => unknown {
  return (text, before) => {
    if (type.kind === 'secret') learnSecret(text);
    const value = valueFrom(type, text);
    if (value === undefined) throw new InvalidArgumentError(problemText(name, type));
    return Array.isArray(before) ? [...before, value] : value;
  };
}
