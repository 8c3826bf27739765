import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/**
 * A desktop as people have it: a panel that shows icons of the newer kind (StatusNotifierItem), and what shows
 * notifications. It has a display and a bus of its own, since the tray of the older kind on the tests' display would
 * have the panel complain.
 */
export interface PanelDesktop {
  /** For the programs that shall be on it. */
  readonly env: NodeJS.ProcessEnv;
  /** Does nothing where there is one. */
  startPanel(): void;
  /** The panel and its plugin that shows the icons go without a word. */
  crashPanel(): Promise<void>;
  /** Urgency, title and text of each notification that was shown. */
  notifications(): Promise<readonly string[]>;
  /** Runs a program; gives what it printed. */
  run(program: string, ...args: string[]): Promise<string>;
  close(): Promise<void>;
}

const WIDTH = 1280;
/** The middle of the last icon in a panel along the upper edge. */
export const ICON = { x: WIDTH - 14, y: 14 };

const PANEL = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator"><property name="expand" type="bool" value="true"/></property>
    <property name="plugin-2" type="string" value="systray"/>
  </property>
</channel>
`;

const notificationsConfig = (script: string) => `[global]
mouse_left_click = do_action, close_current
origin = top-right
offset = 10x50
icon_position = left
min_icon_size = 32
max_icon_size = 32
[told]
script = ${script}
`;

export async function startPanelDesktop(): Promise<PanelDesktop> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'meshbar-desktop-'));
  const settings = path.join(home, 'xfce4/xfconf/xfce-perchannel-xml');
  await mkdir(settings, { recursive: true });
  await writeFile(path.join(settings, 'xfce4-panel.xml'), PANEL);
  const list = path.join(home, 'notifications');
  await writeFile(list, '');
  const script = path.join(home, 'told.sh');
  await writeFile(script, `#!/bin/sh\necho "$DUNST_URGENCY: $DUNST_SUMMARY: $DUNST_BODY" >>'${list}'\n`, {
    mode: 0o700,
  });
  const dunstrc = path.join(home, 'dunstrc');
  await writeFile(dunstrc, notificationsConfig(script));

  const started: ChildProcess[] = [];
  let env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    NO_AT_BRIDGE: '1',
  };
  const start = (program: string, ...args: string[]): ChildProcess => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    started.push(child);
    return child;
  };
  const display = start('Xvfb', '-displayfd', '3', '-screen', '0', `${WIDTH}x900x24`, '-nolisten', 'tcp');
  env = { ...env, DISPLAY: `:${await firstLine(display.stdio[3] as Readable)}` };
  const bus = start('dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address');
  env = { ...env, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus.stdout as Readable) };
  start('openbox');
  start('dunst', '-conf', dunstrc);
  const run = async (program: string, ...args: string[]) =>
    (await promisify(execFile)(program, args, { env })).stdout.trim();
  let panel: ChildProcess | undefined;

  return {
    env: { DISPLAY: env.DISPLAY, DBUS_SESSION_BUS_ADDRESS: env.DBUS_SESSION_BUS_ADDRESS },
    startPanel() {
      if (panel && panel.exitCode === null && panel.signalCode === null) return;
      panel = start('xfce4-panel', '--disable-wm-check');
    },
    async crashPanel() {
      const plugins = await readFile(`/proc/${panel?.pid}/task/${panel?.pid}/children`, 'utf8');
      const ended = new Promise((resolve) => panel?.once('exit', resolve));
      panel?.kill('SIGKILL');
      await ended;
      for (const plugin of plugins.trim().split(' ')) process.kill(Number(plugin), 'SIGKILL');
    },
    notifications: async () => (await readFile(list, 'utf8')).split('\n').slice(0, -1),
    run,
    async close() {
      // The display last: who loses it says so.
      for (const child of started.toReversed()) child.kill('SIGKILL');
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    stream.once('end', () => reject(new Error('It ended before it had begun.')));
  });
}
