import { WebSocket } from 'ws';
import { pause } from '../pause.js';
import type { SimulatedProvider } from '../provider.js';
import { pickScene } from './pick-scene.js';
import type { Scene } from './scene.js';

/** Developers at work at the same time, and the time one of them takes between two calls, in milliseconds. */
const WORKERS = 3;
const MEAN_PAUSE_MS = 1200;

const SENTENCE = 'This file is part of the project; read it, and keep in mind what the one before it said. ';

/**
 * Sends a developer's day through a proxy with the simulator behind, at a lively pace, until the returned function is
 * called: that ends everything at once. Calls that fail are part of the day; nothing is thrown.
 */
export function runDemoTraffic(proxyUrl: string, localKey: string): () => void {
  const stopped = new AbortController();
  const work = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const { provider, scene } = pickScene();
      await play(scene, provider, proxyUrl, localKey, stopped.signal).catch(() => {});
      await pause(MEAN_PAUSE_MS * around(), stopped.signal);
    }
  };
  for (let i = 0; i < WORKERS; i++) pause(i * 300, stopped.signal).then(work);
  return () => stopped.abort();
}

/** A number near one, never below a half. */
function around(): number {
  return 0.5 + Math.random();
}

async function play(
  scene: Scene,
  provider: SimulatedProvider,
  proxyUrl: string,
  localKey: string,
  stopped: AbortSignal,
): Promise<void> {
  const events = Math.max(1, Math.round(scene.events * around()));
  const prompt = SENTENCE.repeat(Math.ceil((scene.promptChars * around()) / SENTENCE.length));
  const headers = {
    'user-agent': scene.tool.userAgent,
    ...scene.tool.headers,
    ...provider.keyHeaders(localKey),
    'x-simulator': [
      `events=${events}; size=24; interval=${scene.interval}; think=${Math.round(scene.firstMs * around())}`,
      scene.plan ?? '',
    ].join(';'),
  };
  const url = `${proxyUrl}/${provider.name}${scene.path}`;
  const body = JSON.stringify(scene.body(prompt));
  if (scene.transport === 'websocket') {
    await talk(url, headers, body, stopped);
    return;
  }
  const left = new AbortController();
  const signal = AbortSignal.any([stopped, left.signal]);
  if (scene.leavesAfter !== undefined) {
    pause(scene.firstMs * 1.5 + events * scene.interval * scene.leavesAfter, signal).then(() => left.abort());
  }
  const response = await fetch(url, {
    method: 'POST',
    signal,
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  await response.arrayBuffer();
}

/** One response over a WebSocket; resolves when the connection is closed, however that came about. */
function talk(url: string, headers: Record<string, string>, body: string, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    const leave = () => socket.terminate();
    stopped.addEventListener('abort', leave);
    socket.on('open', () => socket.send(body));
    socket.on('message', (data) => {
      if (/"type":"(?:response\.completed|error)"/.test(String(data).slice(0, 60))) socket.close();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      stopped.removeEventListener('abort', leave);
      resolve();
    });
  });
}
