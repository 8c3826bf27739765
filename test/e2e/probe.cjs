/**
 * Preloaded into an app that runs without Playwright, which would have every page take itself for looked at (focus
 * emulation). Writes what happens to icon and window as lines of JSON, each with its moment in Unix milliseconds.
 */
const { app, ipcMain, Tray } = require('electron');

const tell = (what, at = Date.now()) => process.stdout.write(`${JSON.stringify({ what, at })}\n`);

const { emit } = Tray.prototype;
Tray.prototype.emit = function (name, ...rest) {
  if (name === 'click') tell('click');
  return emit.call(this, name, ...rest);
};

const { handle } = ipcMain;
ipcMain.handle = function (channel, listener) {
  return handle.call(this, channel, (event, name, ...rest) => {
    tell(`asked ${name}`);
    return listener(event, name, ...rest);
  });
};

app.on('browser-window-created', (_event, window) => {
  const page = window.webContents;
  /** The second frame begins when the first has been handed over. */
  const painted = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now()))))';
  window.on('show', () => {
    tell('shown');
    page.executeJavaScript(painted).then(
      (at) => tell('painted', at),
      () => {},
    );
  });
  window.on('hide', () => tell('put away'));
  const follow = `
    const tell = () => console.log('page ' + document.visibilityState);
    document.addEventListener('visibilitychange', tell);
    tell();`;
  page.on('did-finish-load', () => page.executeJavaScript(`{${follow}}`).catch(() => {}));
  page.on('console-message', (event, _level, text = event.message) => {
    if (/^page \w+$/.test(text)) tell(text);
  });
});
