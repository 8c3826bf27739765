import type { Keys, NewKeyOptions } from '../limits/keys.js';

/** Makes a named key of that label, or of "label 2" and so on where one in use has it. Rejects as `create` does. */
export async function makeKey(keys: Keys, label: string, more: Omit<NewKeyOptions, 'label'> = {}) {
  const taken = new Set((await keys.list()).filter(({ standing }) => standing === 'active').map((key) => key.label));
  let free = label;
  for (let n = 2; taken.has(free); n++) free = `${label} ${n}`;
  return keys.create({ ...more, label: free });
}
