import { createKeys, type Keys } from '../limits/keys.js';
import { meshbarPaths } from '../settings/paths.js';
import { MeshbarError } from '../shared/errors.js';
import type { KeyLimit, NamedKey } from '../shared/keys.js';
import { formatMoment, formatMoney } from '../words/format.js';
import type { KeyCreateOptions } from './key-commands.js';

import { EXIT, note, print, printError, printStatement } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';

/** Prints the key alone on standard output, so that `KEY=$(meshbar key create ci)` takes it. */
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
    const facts = [info.id, limitText(info.limit), `until ${untilText(info)}`].filter((fact) => !fact.endsWith('-'));
    note(`The key "${info.label}" (${facts.join(', ')}) is shown this once. A running proxy takes it from now on.`);
  });
}

export function runKeyList(options: { json: boolean }): Promise<number> {
  return withKeys(async (keys) => {
    const list = await keys.list();
    if (options.json) print(JSON.stringify(list, null, 2));
    else if (list.length === 0) print('There are no named keys. `meshbar key create <label>` makes one.');
    else print(table(['label', 'id', 'standing', 'limit', 'created', 'until'], list.map(rowOf), 6));
  });
}

export function runKeyRevoke(selector: string): Promise<number> {
  return withKeys(async (keys) => {
    const { label, id } = await keys.revoke(selector);
    print(plainText(`Revoked: ${label} (${id}). Requests with it are refused from now on.`));
  });
}

export function runKeyLimit(selector: string, limit: KeyLimit | undefined): Promise<number> {
  return withKeys(async (keys) => {
    const info = await keys.setLimit(selector, limit);
    const text = info.limit ? `at most ${limitText(info.limit)}` : 'no limit';
    print(plainText(`${info.label} (${info.id}): ${text}, from the next request on.`));
  });
}

function rowOf(key: NamedKey): string[] {
  return [
    plainText(key.label),
    key.id,
    key.standing,
    limitText(key.limit),
    formatMoment(key.createdAt),
    untilText(key),
  ];
}

function limitText(limit: KeyLimit | undefined): string {
  return limit ? `${formatMoney(limit.limitNanoUsd)}/${limit.period}` : '-';
}

function untilText({ temporary, expiresAt }: NamedKey): string {
  const end = expiresAt === undefined ? '-' : formatMoment(expiresAt);
  return temporary ? `the proxy stops, or ${end}` : end;
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
