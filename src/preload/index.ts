import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/ipc.js';

/** All a window can do: ask what the contract names, and listen. Main checks what is asked. */
const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke('request', name, input),
  on(name, listener) {
    if (!name.startsWith('push:')) throw new TypeError(`${name} is not a push.`);
    const take = (_event: unknown, value: Parameters<typeof listener>[0]) => listener(value);
    ipcRenderer.on(name, take);
    return () => ipcRenderer.off(name, take);
  },
};
contextBridge.exposeInMainWorld('meshbar', bridge);
