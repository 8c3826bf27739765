/**
 * Preloaded into the app, which then takes itself for packaged, with the resources that MESHBAR_E2E_RESOURCES names: a
 * program that is packaged for real can't be driven by a test. A minute lasts `minuteMs` milliseconds, once that is set.
 */
const { app } = require('electron');

Object.defineProperty(app, 'isPackaged', { value: true });
Object.defineProperty(process, 'resourcesPath', { value: process.env.MESHBAR_E2E_RESOURCES });

const set = globalThis.setTimeout;
globalThis.setTimeout = (run, ms, ...rest) => set(run, ms === 60_000 ? (globalThis.minuteMs ?? ms) : ms, ...rest);
