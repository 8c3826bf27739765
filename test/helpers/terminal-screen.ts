import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** ESC and what follows: a control sequence (mark, parameters, letter), a command such as OSC 52, or a short one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const SEQUENCE = /^\x1b(?:\[([?>=<]?)([\d;]*)([A-Za-z])|\]([^\x07\x1b]*)(?:\x07|\x1b\\)|[78=>])/;

/**
 * What a person sees of the bytes that a program sends to a terminal: a small part of a VT100, with xterm's alternate
 * screen. Throws for a sequence it does not know, so that nothing passes unseen.
 */
export class TerminalScreen {
  /** Colours and the like that were set, such as "32" for green. */
  readonly styles = new Set<string>();
  /** Texts sent to the clipboard (OSC 52). */
  readonly copied: string[] = [];
  /** How many times something was written. */
  writes = 0;
  isAlternate = false;
  isCursorHidden = false;
  /** A line was lost at the top: the program wrote more than the screen holds. */
  hasScrolled = false;
  private cells: string[][];
  private other: string[][];
  private row = 0;
  private column = 0;
  private saved = { row: 0, column: 0 };
  private pending = '';

  constructor(
    public columns: number,
    public rows: number,
  ) {
    this.cells = this.blank();
    this.other = this.blank();
  }

  /** Keeps the upper left corner, as terminals do with the alternate screen. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    const inSize = (cells: string[][]) =>
      this.blank().map((line, row) => line.map((blank, column) => cells[row]?.[column] ?? blank));
    this.cells = inSize(this.cells);
    this.other = inSize(this.other);
    this.row = Math.min(this.row, rows - 1);
    this.column = Math.min(this.column, columns - 1);
  }

  /** Its lines, without blanks at their ends. */
  get lines(): string[] {
    return this.cells.map((line) => line.join('').trimEnd());
  }

  get text(): string {
    return this.lines.join('\n');
  }

  write(data: string): void {
    this.writes += 1;
    let rest = this.pending + data;
    this.pending = '';
    while (rest !== '') {
      const sequence = SEQUENCE.exec(rest);
      if (sequence) {
        if (sequence[3] !== undefined) this.control(sequence[1] ?? '', sequence[2] ?? '', sequence[3]);
        else if (sequence[4] !== undefined) this.command(sequence[4]);
        rest = rest.slice(sequence[0].length);
      } else if (rest.startsWith('\x1b')) {
        if (rest.length > 5000) throw new Error(`What is this? ${JSON.stringify(rest.slice(0, 40))}`);
        this.pending = rest;
        return;
      } else {
        const end = rest.indexOf('\x1b');
        const text = end === -1 ? rest : rest.slice(0, end);
        for (const { segment } of graphemes.segment(text)) this.put(segment);
        rest = rest.slice(text.length);
      }
    }
  }

  private put(character: string): void {
    if (character === '\n' || character === '\r\n') {
      this.column = 0;
      this.lineFeed();
    } else if (character === '\r') this.column = 0;
    else if (character === '\x07') return;
    else {
      const width = stringWidth(character);
      // At the right end the cursor waits for the next character before it wraps.
      if (this.column + width > this.columns) {
        this.column = 0;
        this.lineFeed();
      }
      const line = this.cells[this.row] as string[];
      line[this.column] = character;
      for (let i = 1; i < width; i++) line[this.column + i] = '';
      this.column += width;
    }
  }

  private lineFeed(): void {
    if (this.row < this.rows - 1) {
      this.row += 1;
      return;
    }
    this.cells.shift();
    this.cells.push(this.blankLine());
    this.hasScrolled = true;
  }

  private control(mark: string, parameters: string, final: string): void {
    const [first = 0, second = 0] = parameters.split(';').map(Number);
    const count = first || 1;
    if (mark !== '') this.mode(mark, first, final);
    else if (final === 'm') for (const style of parameters.split(';')) this.styles.add(style);
    else if (final === 'A') this.row = Math.max(0, this.row - count);
    else if (final === 'B') this.row = Math.min(this.rows - 1, this.row + count);
    else if (final === 'C') this.column = Math.min(this.columns - 1, this.column + count);
    else if (final === 'D') this.column = Math.max(0, this.column - count);
    else if (final === 'E') {
      this.row = Math.min(this.rows - 1, this.row + count);
      this.column = 0;
    } else if (final === 'G') this.column = count - 1;
    else if (final === 'H') {
      this.row = Math.min(this.rows, count) - 1;
      this.column = Math.min(this.columns, second || 1) - 1;
    } else if (final === 'K') this.eraseLine(first);
    else if (final === 'J') this.eraseScreen(first);
    else throw new Error(`What is CSI ${parameters}${final}?`);
  }

  private mode(mark: string, number: number, final: string): void {
    if (mark !== '?' || !'hl'.includes(final)) return;
    const on = final === 'h';
    if (number === 25) this.isCursorHidden = !on;
    else if (number === 1049 && on !== this.isAlternate) {
      [this.cells, this.other] = [this.other, this.cells];
      if (on) this.cells = this.blank();
      this.isAlternate = on;
      // Going there leaves the cursor in its place, coming back puts it where it was.
      if (on) this.saved = { row: this.row, column: this.column };
      else ({ row: this.row, column: this.column } = this.saved);
    }
  }

  private command(text: string): void {
    const copy = /^52;c;(.*)$/.exec(text);
    if (copy) this.copied.push(Buffer.from(copy[1] ?? '', 'base64').toString());
  }

  private eraseLine(how: number): void {
    const line = this.cells[this.row] as string[];
    if (how === 2) line.fill(' ');
    else if (how === 1) line.fill(' ', 0, this.column + 1);
    else line.fill(' ', this.column);
  }

  private eraseScreen(how: number): void {
    if (how === 2 || how === 3) this.cells = this.blank();
    else if (how === 0) {
      this.eraseLine(0);
      for (let row = this.row + 1; row < this.rows; row++) this.cells[row] = this.blankLine();
    }
  }

  private blankLine(): string[] {
    return Array.from({ length: this.columns }, () => ' ');
  }

  private blank(): string[][] {
    return Array.from({ length: this.rows }, () => this.blankLine());
  }
}
