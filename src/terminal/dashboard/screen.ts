import { emitKeypressEvents, type Key } from 'node:readline';
import { isSameLine, joinSegments, type Line, type Tone } from './line.js';

export interface ScreenOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly hasColours: boolean;
  /** A character, or undefined for a key without one, and which key it was. */
  readonly onKey: (character: string | undefined, key: Key) => void;
}

/** A terminal that shows lines and passes on keys. */
export interface Screen {
  /** Shows these lines, one for each row; only those that differ from the last ones are written. */
  draw(lines: readonly Line[]): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Control sequences of ECMA-48 and xterm: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
/** A terminal that knows these shows a picture whole; the others ignore them. */
const BEGIN_PICTURE = '\u001b[?2026h';
const END_PICTURE = '\u001b[?2026l';
const ERASE_SCREEN = '\u001b[2J';
const ERASE_LINE = '\u001b[2K';
const PLAIN = '\u001b[0m';

/** The terminal's own colours, so that its theme holds: one accent for what can be pressed, the others for state. */
const STYLES: Readonly<Record<Tone, { readonly style?: number; readonly colour?: number }>> = {
  plain: {},
  strong: { style: 1 },
  dim: { style: 2 },
  accent: { style: 1, colour: 36 },
  good: { colour: 32 },
  bad: { colour: 31 },
  warning: { colour: 33 },
};

/** Takes the alternate screen, so that the shell's stays as it was, and the keys, if there is a keyboard. */
export function openScreen({ stdout, stdin, hasColours, onKey }: ScreenOptions): Screen {
  let shown: readonly Line[] = [];
  let size = '';
  let isOpen = true;

  function draw(lines: readonly Line[]): void {
    if (!isOpen) return;
    const newSize = `${stdout.columns} ${stdout.rows}`;
    // A terminal that changed its size has moved what was there.
    const isNew = newSize !== size;
    const rows = lines.flatMap((line, row) => {
      if (!isNew && isSameLine(line, shown[row] ?? [])) return [];
      // Erased first: once a line has filled its row, some terminals erase its last character.
      return [`\u001b[${row + 1};1H${ERASE_LINE}${styled(line, hasColours)}`];
    });
    size = newSize;
    shown = lines;
    if (rows.length === 0) return;
    stdout.write(`${BEGIN_PICTURE}${isNew ? ERASE_SCREEN : ''}${rows.join('')}${END_PICTURE}`);
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    if (stdin.isTTY) {
      stdin.off('keypress', onKey);
      stdin.setRawMode(false);
      stdin.pause();
    }
    stdout.write(LEAVE);
  }

  stdout.write(ENTER);
  if (stdin.isTTY) {
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.on('keypress', onKey);
    stdin.resume();
  }
  // Whatever ends the process, the shell behind it wants its screen and its echo.
  process.once('exit', close);
  return { draw, close };
}

function styled(line: Line, hasColours: boolean): string {
  return joinSegments(line)
    .map(({ text, tone }) => {
      const { style, colour } = STYLES[tone];
      const codes = [style, hasColours ? colour : undefined].filter((code) => code !== undefined);
      return codes.length === 0 ? text : `\u001b[${codes.join(';')}m${text}${PLAIN}`;
    })
    .join('');
}
