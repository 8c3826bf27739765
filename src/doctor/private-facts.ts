import { realpath } from 'node:fs/promises';
import os from 'node:os';
import { readRunFile } from '../engine/run-file.js';
import { createRedactor } from '../shared/redact.js';
import { type Personal, redactPersonal } from '../shared/redact-personal.js';
import type { DoctorContext } from './context.js';
import { filesWithVariables, readAssignments } from './environment/assignments.js';
import { WATCHED } from './environment/judge-variables.js';
import { readSharedSettings } from './read-settings.js';

const SECRET_NAME = /TOKEN|SECRET|API_?KEY|PASSWORD|BEARER/i;

/**
 * A function that takes out of a text every secret that this process can know, whosever it is, and what tells whose
 * machine it is: paths, user, host, addresses, ids.
 */
export async function createPrivacy(context: DoctorContext): Promise<(text: string) => string> {
  const { env, homedir, cwd, paths, config } = context;
  const [{ settings }, running, realHome, assigned] = await Promise.all([
    readSharedSettings(homedir),
    readRunFile(paths),
    realpath(homedir).catch(() => homedir),
    Promise.all(filesWithVariables(homedir, cwd, env).map((file) => readAssignments(file, WATCHED))),
  ]);

  const redactor = createRedactor();
  redactor.learn(config.bearer);
  redactor.learn(running?.localKey);
  for (const [name, value = ''] of Object.entries(env)) {
    if (SECRET_NAME.test(name)) redactor.learn(value);
    for (const credential of credentialsIn(value)) redactor.learn(credential);
  }
  for (const { name, value } of assigned.flat()) if (SECRET_NAME.test(name)) redactor.learn(value);
  for (const secret of secretsIn(settings?.raw, false)) redactor.learn(secret);

  const users = settings?.users ?? [];
  const projects = [
    config.projectId,
    env.MESHAGENT_PROJECT_ID,
    running?.projectId,
    ...users.map((user) => user.activeProject),
  ];
  const known: Personal = {
    folders: [
      [homedir, '~'],
      [realHome, '~'],
      [paths.home, '<meshbar home>'],
      ...(cwd === homedir ? [] : [[cwd, '<this folder>'] as const]),
    ],
    names: [
      [userName(), '<user>'],
      [os.hostname(), '<host>'],
      [os.hostname().split('.')[0] ?? '', '<host>'],
      ...users.map((user) => [user.name ?? '', '<name>'] as const),
    ],
    ids: [...projects.filter((id) => id !== undefined), ...users.map(({ id }) => id)],
  };
  // Again at the end: what is left of a text may happen to be a secret.
  return (text) => redactor.redact(redactPersonal(redactor.redact(text), known));
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // A user that the system does not list, as in some containers.
    return '';
  }
}

/** Whatever text is under a name of secrets, however deep: `active_api_keys` holds keys by project. */
function secretsIn(value: unknown, isSecret: boolean): string[] {
  if (typeof value === 'string') return isSecret ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    secretsIn(inner, isSecret || (name !== 'token_type' && SECRET_NAME.test(name))),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Of a proxy's address, say. */
function credentialsIn(value: string): string[] {
  if (!value.includes('@') || !URL.canParse(value)) return [];
  const { username, password } = new URL(value);
  // As they are written there, and as they are.
  return [username, password].flatMap((text) => [text, decoded(text)]);
}
