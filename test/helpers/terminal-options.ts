import type { ProxyOptions } from '../../src/terminal/proxy-options.js';

/** `meshbar proxy` without options, but for these. */
export function proxyOptions(options: Partial<ProxyOptions>): ProxyOptions {
  return {
    host: '127.0.0.1',
    port: 8766,
    portIsGiven: options.port !== undefined,
    insecure: false,
    insecureExpose: false,
    allowHost: [],
    allowOrigin: [],
    askUsage: true,
    metrics: false,
    otlpInsecure: false,
    annotateTool: false,
    settle: false,
    drain: 0,
    json: false,
    demo: false,
    orDemo: false,
    shell: 'sh',
    ...options,
  };
}
