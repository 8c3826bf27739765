import { expect, onTestFinished, test, vi } from 'vitest';
import { type Line, segment } from '../../../src/terminal/dashboard/line.js';
import { openScreen } from '../../../src/terminal/dashboard/screen.js';
import { createTerminal } from '../../helpers/terminal-streams.js';
import { waitFor } from '../../helpers/wait-for.js';

function open(columns: number, rows: number) {
  const terminal = createTerminal(columns, rows);
  const written: string[] = [];
  const write = terminal.stdout.write.bind(terminal.stdout);
  vi.spyOn(terminal.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return write(text as string);
  });
  const onKey = vi.fn();
  const screen = openScreen({ stdout: terminal.stdout, stdin: terminal.stdin, hasColours: true, onKey });
  onTestFinished(() => screen.close());
  return { ...terminal, drawn: screen, written, onKey };
}

const lines = (...texts: string[]): Line[] => texts.map((text) => [segment(text)]);

test('only rows that changed are written', () => {
  const { screen, drawn, written } = open(10, 3);
  drawn.draw(lines('one', 'two', 'three'));
  written.length = 0;
  drawn.draw(lines('one', 'TWO', 'three'));
  expect(screen.lines).toEqual(['one', 'TWO', 'three']);
  expect(written.join('')).toContain('TWO');
  expect(written.join('')).not.toMatch(/one|three/);
  written.length = 0;
  drawn.draw(lines('one', 'TWO', 'three'));
  expect(written).toEqual([]);
});

test('a row that got shorter leaves nothing behind, and one that fills its row keeps its last character', () => {
  const { screen, drawn } = open(10, 2);
  drawn.draw(lines('1234567890', 'abcdefghij'));
  expect(screen.lines).toEqual(['1234567890', 'abcdefghij']);
  drawn.draw(lines('1', 'abcdefghij'));
  expect(screen.lines).toEqual(['1', 'abcdefghij']);
  expect(screen.hasScrolled).toBe(false);
});

test('all rows are written to a terminal of another size', () => {
  const { screen, drawn, resize } = open(10, 2);
  drawn.draw(lines('one', 'two'));
  resize(12, 2);
  screen.write('\u001b[2Jrubbish');
  drawn.draw(lines('one', 'two'));
  expect(screen.lines).toEqual(['one', 'two']);
});

test('a key is a character and its name; keys that send several characters are one key', async () => {
  const { press, onKey } = open(10, 2);
  press('c\u001b[A\u0003');
  await waitFor(() => onKey.mock.calls.length === 3, 'three keys');
  expect(onKey.mock.calls.map(([character, { name, ctrl }]) => [character, name, ctrl])).toEqual([
    ['c', 'c', false],
    [undefined, 'up', false],
    ['\u0003', 'c', true],
  ]);
});

test('the end of the process gives the terminal back, once', () => {
  const before = process.listeners('exit');
  const { screen, drawn, written } = open(10, 2);
  drawn.draw(lines('one'));
  const [atExit] = process.listeners('exit').filter((listener) => !before.includes(listener));
  expect(screen.isAlternate).toBe(true);
  atExit?.(1);
  expect(screen.isAlternate).toBe(false);
  expect(screen.isCursorHidden).toBe(false);
  written.length = 0;
  drawn.close();
  expect(written).toEqual([]);
  expect(process.listeners('exit')).toEqual(before);
});
