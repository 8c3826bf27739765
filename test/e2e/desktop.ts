import { type ChildProcess, execFileSync, spawn } from 'node:child_process';

/**
 * What a desktop has and a bare display lacks: a window manager, which gives windows the focus, and a tray. Started once
 * for all tests; Playwright calls what this returns at the end.
 */
export default async function startDesktop(): Promise<() => void> {
  if (process.platform !== 'linux') return () => {};
  if (!process.env.DISPLAY)
    throw new Error('These tests need a display. Run them with `xvfb-run -a npm run test:e2e`.');
  for (const program of ['openbox', 'trayer', 'xfce4-panel', 'dunst', 'xdotool', 'xclip', 'import'])
    requireProgram(program);
  const started = [
    spawn('openbox', [], { stdio: 'ignore' }),
    // The tray of a panel along the upper edge, as a click from outside finds it.
    spawn(
      'trayer',
      [
        '--edge',
        'top',
        '--align',
        'right',
        '--widthtype',
        'request',
        '--height',
        '24',
        '--SetPartialStrut',
        'true',
        '--SetDockType',
        'true',
      ],
      {
        stdio: 'ignore',
      },
    ),
  ];
  return () => {
    for (const child of started) end(child);
  };
}

function requireProgram(name: string): void {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
  } catch {
    throw new Error(
      `${name} is missing: apt-get install openbox trayer xfce4-panel dunst xdotool xclip imagemagick (see CONTRIBUTING.md).`,
    );
  }
}

function end(child: ChildProcess): void {
  child.kill('SIGKILL');
}
