/**
 * Preloaded into the app by the end-to-end tests (`electron -r`). Where MESHBAR_E2E_REQUIRE names a file that supplies
 * what an older Electron lacks, it is loaded here and in the ledger's thread too, which `-r` does not reach. On a
 * current Electron it does nothing.
 */
const supply = process.env.MESHBAR_E2E_REQUIRE;
if (supply) {
  require(supply);
  const threads = require('node:worker_threads');
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options = {}) {
      super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--require', supply] });
    }
  };
  const tls = require('node:tls');
  tls.getCACertificates ??= () => [...tls.rootCertificates];
  const channels = require('node:diagnostics_channel');
  channels.tracingChannel ??= (name) => {
    const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
    return Object.fromEntries(events.map((event) => [event, channels.channel(`tracing:${name}:${event}`)]));
  };
  globalThis.crypto ??= require('node:crypto').webcrypto;
  URL.parse ??= (text, base) => {
    try {
      return new URL(text, base);
    } catch {
      return null;
    }
  };
  URL.canParse ??= (text, base) => URL.parse(text, base) !== null;
  supplyClipboard();
}

/** What pages of an older Chromium lack. */
function supplyPages(app) {
  const supply = `URL.canParse ??= (text, base) => {
    try {
      return Boolean(new URL(text, base));
    } catch {
      return false;
    }
  };`;
  app.on('web-contents-created', (_event, contents) => {
    contents.on('dom-ready', () => contents.executeJavaScript(supply).catch(() => {}));
  });
}

/** The clipboard of Electron 45 on that of 25: text alone, the other formats are kept for a test to look at. */
function supplyClipboard() {
  const Module = require('node:module');
  const load = Module._load;
  let supplied;
  Module._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (request !== 'electron' || typeof loaded !== 'object' || loaded.ClipboardItem) return loaded;
    if (!supplied) supplyPages(loaded.app);
    supplied ??= Object.create(loaded, {
      ClipboardItem: {
        value: class {
          constructor(items) {
            this.items = items;
          }
        },
      },
    });
    loaded.clipboard.write = async ([item]) => {
      global.meshbarClipboardFormats = item.items;
      loaded.clipboard.writeText(item.items['text/plain']);
    };
    return supplied;
  };
}
