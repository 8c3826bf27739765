const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ö',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Å',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Î',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ö',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};
/** Other languages take about this much more room than English for a sentence. */
const LONGER_BY = 1 / 3;
const LONGEST_WORD = 8;
/** Parts of ICU syntax, and what a person would type or copy: left as they are. */
const KEPT = /(`[^`]*`|<code>[^<]*<\/code>|<\/?\w+>|\{\w+\}|https?:\/\/\S+)/;

/** A message in the pseudo-locale, between ⟦ and ⟧. Only literal text changes: placeholders and plural forms stay. */
export function pseudo(pattern: string): string {
  const text = /\{\w+,/.test(pattern) ? accentBranches(pattern) : accent(pattern);
  const longer = Math.ceil(pattern.replace(/\{[^}]*\}|<[^>]*>/g, '').length * LONGER_BY);
  return `⟦${text}${paddingOf(longer)}⟧`;
}

/** Longer padding is words, which break across lines as a sentence does. */
function paddingOf(length: number): string {
  if (length <= LONGEST_WORD) return '~'.repeat(length);
  return ` ${'~'.repeat(LONGEST_WORD - 1)}`.repeat(Math.ceil(length / LONGEST_WORD));
}

function accent(text: string): string {
  return text
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter)))
    .join('');
}

/** Walks a pattern with plurals or selects: depth 0 and 2 are literal text, depth 1 is syntax. */
function accentBranches(pattern: string): string {
  let depth = 0;
  let out = '';
  let literal = '';
  const flush = () => {
    out += accent(literal);
    literal = '';
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const simple = /^\{\w+\}/.exec(pattern.slice(at))?.[0];
    if (depth % 2 === 0 && simple !== undefined) {
      flush();
      out += simple;
      at += simple.length - 1;
      continue;
    }
    const char = pattern[at] as string;
    if (char !== '{' && char !== '}') {
      if (depth % 2 === 0) literal += char;
      else out += char;
      continue;
    }
    flush();
    depth += char === '{' ? 1 : -1;
    out += char;
  }
  flush();
  return out;
}
