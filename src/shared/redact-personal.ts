/** Takes out of a text what tells whose machine it is from. Pure. */

export interface Personal {
  /** Folders, and what stands for each: ["/home/ada", "~"]. */
  readonly folders: readonly (readonly [folder: string, shown: string])[];
  /** Names of the user and of the machine, and what stands for each: ["ada", "<user>"]. */
  readonly names: readonly (readonly [name: string, shown: string])[];
  /** Of projects and users: their beginnings stay, so that two can be told apart. */
  readonly ids: readonly string[];
}

/** What is as short as this tells nothing, and is a part of words. */
const MIN_ID_LENGTH = 6;
/** Shorter ones would take syllables out of other words. */
const MIN_NAME_LENGTH = 3;
const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** As the service makes them. */
const ID = /\b(?:prj|usr)_[A-Za-z0-9-]+(?![A-Za-z0-9…-])/g;

export function redactPersonal(text: string, { folders, names, ids }: Personal): string {
  let shown = text;
  for (const id of longestFirst(ids)) shown = shown.replaceAll(id, shortened(id));
  shown = shown.replace(ID, shortened).replace(EMAIL, '<email>');
  const byLength = [...folders].sort(([a], [b]) => b.length - a.length);
  for (const [folder, stand] of byLength) {
    // As paths, file URLs and JSON write it; a root would take every slash.
    if (/^(?:[A-Za-z]:)?[\\/]*$/.test(folder)) continue;
    for (const form of new Set([folder, encodeURI(folder.toWellFormed()), JSON.stringify(folder).slice(1, -1)])) {
      shown = shown.replaceAll(form, stand);
    }
  }
  for (const [name, stand] of names) {
    if (name.length < MIN_NAME_LENGTH) continue;
    const literal = name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
    shown = shown.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu'), stand);
  }
  return shown;
}

function shortened(id: string): string {
  return `${id.slice(0, Math.min(6, Math.floor(id.length / 2)))}…`;
}

function longestFirst(texts: readonly string[]): string[] {
  return [...texts].filter((text) => text.length >= MIN_ID_LENGTH).sort((a, b) => b.length - a.length);
}
