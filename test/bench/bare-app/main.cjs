/** The least that a tray app is: an icon, and an empty window that a click shows. What the app's figures are held against. */
const path = require('node:path');
const { app, BrowserWindow, Tray } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 400, height: 640, show: false, frame: false });
  window.loadFile(path.join(__dirname, 'index.html'));
  const tray = new Tray(path.join(__dirname, '../../../assets/tray/stopped.png'));
  tray.on('click', () => (window.isVisible() ? window.hide() : window.show()));
  globalThis.tray = tray;
});
