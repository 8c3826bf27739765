import { createKeys, type Keys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import type { KeyLimit, NamedKey } from '../shared/keys.js';
import { formatMoment, formatMoney } from '../words/format.js';
import { t } from '../words/index.js';
import type { KeyCreateOptions } from './key-commands.js';
import { EXIT, note, print, printError, printStatement } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

const HEAD = ['label', 'id', 'state', 'limit', 'created', 'until'] as const;
const NONE = '-';

/** Prints nothing but the key on standard output, for `KEY=$(meshbar key create ci)`. */
export function runKeyCreate(label: string, options: KeyCreateOptions): Promise<number> {
  return withKeys(async (keys) => {
    const { limit, expires, temporary } = options;
    const { key, info } = await keys.create({
      label,
      ...(limit ? { limit } : {}),
      ...(expires === undefined ? {} : { expiresAt: expires }),
      temporary,
    });
    if (options.json) {
      print(JSON.stringify({ key, ...info }, null, 2));
      return;
    }
    print(key);
    const until = untilText(info);
    const facts = [info.id, limitText(info.limit), until && t('terminal.limits.key.until', { moment: until })];
    note(plainText(t('terminal.limits.key.made', { label: info.label, facts: facts.filter(Boolean).join(', ') })));
  });
}

export function runKeyList(options: { json: boolean }): Promise<number> {
  return withKeys(async (keys) => {
    const list = await keys.list();
    if (options.json) print(JSON.stringify(list, null, 2));
    else if (list.length === 0) print(t('terminal.limits.key.noKeys'));
    else
      print(
        table(
          HEAD.map((column) => t(`terminal.limits.key.head.${column}`)),
          list.map(rowOf),
          HEAD.length,
        ),
      );
  });
}

export function runKeyRevoke(selector: string): Promise<number> {
  return withKeys(async (keys) => {
    const { label, id } = await keys.revoke(selector);
    print(plainText(t('terminal.limits.key.revoked', { label, id })));
  });
}

export function runKeyLimit(selector: string, limit: KeyLimit | undefined): Promise<number> {
  return withKeys(async (keys) => {
    const info = await keys.setLimit(selector, limit);
    const { label, id } = info;
    const text = limitText(info.limit);
    print(
      plainText(
        text === undefined
          ? t('terminal.limits.key.unlimited', { label, id })
          : t('terminal.limits.key.limited', { label, id, limit: text }),
      ),
    );
  });
}

function rowOf(key: NamedKey): string[] {
  return [
    plainText(key.label),
    key.id,
    t(`terminal.limits.key.state.${key.standing}`),
    limitText(key.limit) ?? NONE,
    formatMoment(key.createdAt),
    untilText(key) ?? NONE,
  ];
}

function limitText(limit: KeyLimit | undefined): string | undefined {
  return limit && `${formatMoney(limit.limitNanoUsd)}/${limit.period}`;
}

function untilText({ temporary, expiresAt }: NamedKey): string | undefined {
  if (expiresAt === undefined) return undefined;
  const moment = formatMoment(expiresAt);
  return temporary ? t('terminal.limits.key.untilProxyStops', { moment }) : moment;
}

async function withKeys(work: (keys: Keys) => Promise<void>): Promise<number> {
  try {
    await work(createKeys({ path: meshbarPaths().keys, onProblem: printStatement }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return error instanceof MeshbarError && error.code === 'invalid_option' ? EXIT.usage : EXIT.failed;
  }
}
