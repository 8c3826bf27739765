import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { hasProgram } from './run.js';
import { TerminalScreen } from './terminal-screen.js';

/** Runs a command in a pseudo-terminal of a size, and passes on its bytes both ways, and its exit code. */
const RELAY = `
import fcntl, os, pty, select, struct, sys, termios
columns, rows, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))
    os.execvp(command[0], command)
watched = [terminal, 0]
while True:
    for source in select.select(watched, [], [])[0]:
        try:
            data = os.read(source, 65536)
        except OSError:
            data = b''
        if source == terminal:
            if not data:
                sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            os.write(1, data)
        elif data:
            os.write(terminal, data)
        else:
            watched.remove(0)
`;

/** Whether this machine can make pseudo-terminals for tests. */
export const hasPty = process.platform !== 'win32' && hasProgram('python3');

export interface PtyRun {
  readonly screen: TerminalScreen;
  readonly pid: number | undefined;
  readonly exitCode: Promise<number | null>;
  press(keys: string): void;
}

export function runInPty(
  command: readonly string[],
  env: Record<string, string>,
  columns: number,
  rows: number,
): PtyRun {
  const screen = new TerminalScreen(columns, rows);
  const child = spawn('python3', ['-c', RELAY, String(columns), String(rows), ...command], { env });
  child.stdout.setEncoding('utf8').on('data', (text: string) => screen.write(text));
  const exitCode = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exitCode;
  });
  return { screen, pid: child.pid, exitCode, press: (keys) => child.stdin.write(keys) };
}
