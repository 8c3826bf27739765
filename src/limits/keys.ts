import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { createHomeFile } from '../files/home-file.js';
import { DAY_MS } from '../shared/calendar.js';
import { MeshbarError } from '../shared/errors.js';
import { KEY_PREFIX, type KeyLimit, type KeyStanding, type NamedKey } from '../shared/keys.js';
import type { Message, Statement } from '../words/index.js';
import { say } from '../words/say.js';
import { type KeysFile, NO_KEYS, parseKeysFile, type SavedKey } from './keys-file.js';

export interface NewKeyOptions {
  /** Unique among the keys in use. */
  readonly label: string;
  readonly limit?: KeyLimit;
  /** Unix milliseconds. */
  readonly expiresAt?: number;
  /** Ends when the proxy stops, at the latest after a day. */
  readonly temporary?: boolean;
}

/** What a client's key turned out to be. */
interface KeyVerdict {
  readonly keyId: string;
  /** Why it is not good any more, for the client to read; undefined: it is good. */
  readonly refusal?: Message;
}

/**
 * Named local keys beside the shared one: to tell projects and tools apart, to limit each, to revoke one without the
 * others. Changes hold from the next request on; what another process took back, 20 ms later at the latest. All reject
 * with MeshbarError file_unwritable or file_unreadable where the file is why.
 */
export interface Keys {
  /** `key` is told this once and never again. Rejects with invalid_option. */
  create(wanted: NewKeyOptions): Promise<{ readonly key: string; readonly info: NamedKey }>;
  /** Those in use first, then the latest first. */
  list(): Promise<NamedKey[]>;
  /** By id or label. Rejects with key_unknown; revoking twice changes nothing. */
  revoke(selector: string): Promise<NamedKey>;
  /** Another limit, or none. Rejects with key_unknown. */
  setLimit(selector: string, limit: KeyLimit | undefined): Promise<NamedKey>;
  /** What a client shows; undefined: no named key. For the hot path: synchronous; only a damaged file is set aside behind it. */
  check(shown: string): KeyVerdict | undefined;
  /** The keys that have a limit and can be used; the same list as long as they are the same. For the hot path too. */
  limited(): readonly NamedKey[];
  /** Ends the temporary keys. */
  endTemporary(): Promise<void>;
}

export interface KeysOptions {
  readonly path: string;
  readonly onProblem: (problem: Statement) => void;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

const TEMPORARY_MS = DAY_MS;
/** Keys that can't be used any more: as many are kept, so that their clients are told why. */
const ENDED_KEPT = 200;
/** The hash of a key is compared with each of them. */
const MAX_ACTIVE = 500;

export function createKeys({ path, onProblem, now = Date.now }: KeysOptions): Keys {
  const file = createHomeFile<KeysFile>({
    path,
    parse: parseKeysFile,
    empty: NO_KEYS,
    whenDamaged: (damaged, setAside) => say('limits.keysDamaged', { file: damaged, setAside }),
    onProblem,
  });
  let hashed: { readonly of: KeysFile; readonly digests: readonly Buffer[] } | undefined;
  let limited: { readonly of: KeysFile; readonly until: number; readonly list: readonly NamedKey[] } | undefined;

  const infoOf = (saved: SavedKey): NamedKey => keyInfo(saved, now());

  function keyOf(digest: Buffer, value: KeysFile): SavedKey | undefined {
    if (hashed?.of !== value) hashed = { of: value, digests: value.keys.map((key) => Buffer.from(key.sha256, 'hex')) };
    let found: SavedKey | undefined;
    // All of them, so that the time taken tells nothing.
    for (let i = 0; i < hashed.digests.length; i++) {
      if (timingSafeEqual(digest, hashed.digests[i] as Buffer)) found = value.keys[i];
    }
    return found;
  }

  /** Changes one key in the file. */
  async function change(selector: string, edit: (key: SavedKey) => SavedKey): Promise<NamedKey> {
    let changed: SavedKey | undefined;
    await file.update((value) => {
      const found = findKey(value.keys, selector, now());
      changed = edit(found);
      if (changed === found) return undefined;
      return { ...value, keys: value.keys.map((key) => (key === found ? (changed as SavedKey) : key)) };
    });
    return infoOf(changed as unknown as SavedKey);
  }

  return {
    async create({ label: given, limit, expiresAt, temporary = false }) {
      const label = checkedLabel(given);
      const createdAt = now();
      if (expiresAt !== undefined && expiresAt <= createdAt) {
        throw new MeshbarError('invalid_option', { why: 'key_over' });
      }
      const key = KEY_PREFIX + randomBytes(32).toString('base64url');
      const end = temporary ? Math.min(createdAt + TEMPORARY_MS, expiresAt ?? Number.MAX_SAFE_INTEGER) : expiresAt;
      const saved: SavedKey = {
        id: makeId(),
        label,
        sha256: digestOf(key).toString('hex'),
        createdAt,
        ...(limit ? { limit: { ...limit } } : {}),
        ...(end === undefined ? {} : { expiresAt: end }),
        ...(temporary ? { temporary } : {}),
      };
      await file.update((value) => {
        const active = value.keys.filter((one) => standingOf(one, createdAt) === 'active');
        if (active.some((one) => one.label === label)) {
          throw new MeshbarError('invalid_option', { why: 'key_label_taken', label });
        }
        if (active.length >= MAX_ACTIVE) {
          throw new MeshbarError('invalid_option', { why: 'keys_too_many', max: MAX_ACTIVE });
        }
        const ended = value.keys.filter((one) => !active.includes(one)).slice(-ENDED_KEPT);
        const kept = new Set([...active, ...ended]);
        return { ...value, keys: [...value.keys.filter((one) => kept.has(one)), saved] };
      });
      return { key, info: infoOf(saved) };
    },
    async list() {
      const { keys } = await file.load();
      return keys.map(infoOf).sort(inUseFirst);
    },
    revoke: (selector) => change(selector, (key) => (key.revokedAt === undefined ? { ...key, revokedAt: now() } : key)),
    setLimit: (selector, limit) =>
      change(selector, ({ limit: _before, ...key }) => (limit ? { ...key, limit: { ...limit } } : key) as SavedKey),
    check(shown) {
      if (!shown.startsWith(KEY_PREFIX)) return undefined;
      const digest = digestOf(shown);
      // One may have been made, or revoked, by another program this very moment.
      const found = keyOf(digest, file.look());
      if (!found) return undefined;
      const standing = standingOf(found, now());
      if (standing === 'active') return { keyId: found.id };
      return { keyId: found.id, refusal: say(`limits.keyRefused.${standing}`, { label: found.label }) };
    },
    limited() {
      const value = file.read();
      if (limited?.of !== value || now() >= limited.until) {
        const list = value.keys.map(infoOf).filter(({ limit, standing }) => limit && standing === 'active');
        limited = { of: value, until: Math.min(...list.map(({ expiresAt = Infinity }) => expiresAt)), list };
      }
      return limited.list;
    },
    async endTemporary() {
      const isOpen = (key: SavedKey) => key.temporary === true && standingOf(key, now()) === 'active';
      if (!(await file.load()).keys.some(isOpen)) return;
      await file.update((value) => ({
        ...value,
        keys: value.keys.map((key) => (isOpen(key) ? { ...key, revokedAt: now() } : key)),
      }));
    },
  };
}

function keyInfo(saved: SavedKey, at: number): NamedKey {
  const { id, label, createdAt, limit, expiresAt, temporary = false, revokedAt } = saved;
  return {
    id,
    label,
    createdAt,
    ...(limit ? { limit: { limitNanoUsd: limit.limitNanoUsd, period: limit.period } } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    temporary,
    ...(revokedAt === undefined ? {} : { revokedAt }),
    standing: standingOf(saved, at),
  };
}

function standingOf({ temporary, revokedAt, expiresAt }: SavedKey, at: number): KeyStanding {
  if (revokedAt !== undefined) return temporary ? 'ended' : 'revoked';
  return expiresAt !== undefined && expiresAt <= at ? 'expired' : 'active';
}

/** By id, else the key in use of that label, else the last one of it. Throws MeshbarError key_unknown. */
function findKey(keys: readonly SavedKey[], selector: string, at: number): SavedKey {
  const labelled = keys.filter(({ label }) => label === selector);
  const found =
    keys.find(({ id }) => id === selector) ??
    labelled.find((key) => standingOf(key, at) === 'active') ??
    labelled.at(-1);
  if (found) return found;
  throw new MeshbarError('key_unknown');
}

/** Throws MeshbarError invalid_option. */
function checkedLabel(given: string): string {
  const label = given.trim();
  if (label === '' || label.length > 60 || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(label)) {
    throw new MeshbarError('invalid_option', { why: 'key_label_invalid' });
  }
  if (label.startsWith(KEY_PREFIX) || label.startsWith('key_')) {
    throw new MeshbarError('invalid_option', { why: 'key_label_reserved', prefix: KEY_PREFIX });
  }
  return label;
}

function inUseFirst(a: NamedKey, b: NamedKey): number {
  const ended = (key: NamedKey) => (key.standing === 'active' ? 0 : 1);
  return ended(a) - ended(b) || b.createdAt - a.createdAt;
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Short enough to type; two of a thousand keys are alike once in two million times. */
function makeId(): string {
  return `key_${Array.from({ length: 8 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')}`;
}
