import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface PortProcess {
  readonly pid: number;
  /** As the system calls it, such as "python3"; undefined: it does not tell. */
  readonly name: string | undefined;
}

const run = promisify(execFile);
const OPTIONS = { timeout: 3000, windowsHide: true, maxBuffer: 4 * 1024 * 1024 };

/**
 * The process that listens on a TCP port, where the system tells it without privileges: on most systems only the
 * user's own. Undefined where it does not. Never rejects.
 */
export async function processOfPort(port: number, platform: NodeJS.Platform): Promise<PortProcess | undefined> {
  try {
    if (platform === 'linux') return await fromProc(port);
    return platform === 'win32' ? await fromNetstat(port) : await fromLsof(port);
  } catch {
    return undefined;
  }
}

/** proc(5): the socket's inode is in /proc/net/tcp, and behind a descriptor of the process that holds it. */
async function fromProc(port: number): Promise<PortProcess | undefined> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const line of tables.join('\n').split('\n')) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    // 0A: listening.
    if (state === '0A' && local?.endsWith(wanted) && inode) inodes.add(`socket:[${inode}]`);
  }
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Another user's are not shown.
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (!inodes.has(target)) continue;
      const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
      return { pid: Number(pid), name: name === '' ? undefined : name };
    }
  }
  return undefined;
}

async function fromLsof(port: number): Promise<PortProcess | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], OPTIONS);
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid), name: /^c(.+)$/m.exec(stdout)?.[1] };
}

async function fromNetstat(port: number): Promise<PortProcess | undefined> {
  const { stdout } = await run('netstat', ['-ano', '-p', 'TCP'], OPTIONS);
  // The words of the state are translated; a listener's other side is port 0 everywhere.
  const pid = new RegExp(`^\\s*TCP\\s+\\S+:${port}\\s+\\S+:0\\s+\\S+\\s+(\\d+)\\s*$`, 'm').exec(stdout)?.[1];
  if (pid === undefined) return undefined;
  const list = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], OPTIONS).catch(() => undefined);
  return { pid: Number(pid), name: /^"([^"]+)"/.exec(list?.stdout ?? '')?.[1] };
}
