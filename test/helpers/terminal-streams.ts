import type { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { TerminalScreen } from './terminal-screen.js';

/** A terminal for a program that takes its streams as arguments. */
export interface FakeTerminal {
  readonly screen: TerminalScreen;
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
}

export function createTerminal(columns: number, rows: number): FakeTerminal {
  const screen = new TerminalScreen(columns, rows);
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, callback) {
      screen.write(String(chunk));
      callback();
    },
  });
  Object.assign(stdout, { isTTY: true, columns, rows });
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  return {
    screen,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    press: (keys) => stdin.write(keys),
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      Object.assign(stdout, { columns: newColumns, rows: newRows });
      (stdout as EventEmitter).emit('resize');
    },
  };
}
