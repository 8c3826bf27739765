import type { MatchLogic, ModelInfo } from '@pydantic/genai-prices';
import { findNamed, undated } from './model-names.js';

/** Finds a model of the public list by a plain name. */
export interface ListIndex {
  find(name: string): ModelInfo | undefined;
}

/**
 * The list matches by beginnings ("claude-sonnet-5…"), which would price whatever comes later as what is there now. Here
 * a beginning is a listed name like any other. Patterns that the list spells out count as they are, as far as they are
 * text and digits: a fetched list must not be able to name one that takes for ever.
 */
export function createListIndex(models: readonly ModelInfo[]): ListIndex {
  const names = new Map<string, ModelInfo>();
  const patterns: { readonly pattern: RegExp; readonly model: ModelInfo }[] = [];
  /** Beginnings that reach into a date: "ft:gpt-4o-2024-". */
  const dated: { readonly start: string; readonly model: ModelInfo }[] = [];

  const add = (name: string, model: ModelInfo) => {
    if (name !== '' && !names.has(name)) names.set(name, model);
  };
  for (const model of models) {
    for (const clause of clausesOf(model.match)) {
      const text = clause.text.toLowerCase();
      if (clause.kind === 'pattern') {
        const pattern = digitPattern(clause.text);
        if (pattern) patterns.push({ pattern, model });
      } else if (clause.kind === 'start' && PART_OF_DATE.test(text)) dated.push({ start: text, model });
      else add(text.replace(/[-@]$/, ''), model);
    }
  }
  // What the list calls a model comes after the names that it gives to others.
  for (const model of models) add(model.id.toLowerCase().replace(/-$/, ''), model);

  const listed = (name: string) => names.get(name) ?? patterns.find(({ pattern }) => pattern.test(name))?.model;
  const reached = (name: string) => {
    const base = undated(name);
    return base === undefined
      ? undefined
      : dated.find(({ start }) => name.startsWith(start) && start.startsWith(`${base}-`))?.model;
  };
  return {
    find(name) {
      return names.get(name) ?? reached(name) ?? findNamed(name, listed);
    },
  };
}

const PART_OF_DATE = /-20\d{2}-?$/;

interface Clause {
  readonly kind: 'name' | 'start' | 'pattern';
  readonly text: string;
}

function clausesOf(match: MatchLogic): Clause[] {
  if ('or' in match) return match.or.flatMap(clausesOf);
  if ('equals' in match) return [{ kind: 'name', text: match.equals }];
  if ('starts_with' in match) return [{ kind: 'start', text: match.starts_with }];
  if ('contains' in match) return [{ kind: 'name', text: match.contains }];
  if ('regex' in match) return [{ kind: 'pattern', text: match.regex }];
  return [];
}

/** Whole names of literal text with runs of digits in it: "^gpt-5\\.6-sol-\\d{4}-\\d{2}-\\d{2}$". */
function digitPattern(source: string): RegExp | undefined {
  return /^\^(?:[\w/:-]|\\\.|\\d(?:\{\d{1,2}\})?)+\$$/.test(source) ? new RegExp(source, 'i') : undefined;
}
