export { runDemoTraffic } from './demo/traffic.js';
export { createSimulator, type RunningSimulator, type SimulatorOptions } from './simulator.js';
