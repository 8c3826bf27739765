/**
 * Draws the pictures in assets/ from what is drawn here, with the renderer that Electron brings:
 *
 *   npm run icons
 *
 * The SVG files in assets/source are written too, for whoever needs the mark elsewhere.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { app, BrowserWindow } = require('electron');

const ASSETS = path.join(__dirname, '../assets');
const LOOKS = ['stopped', 'running', 'busy', 'error', 'insecure'];

/**
 * The mark on a field of 16 units, drawn to whole and half units so that it is sharp at 16 pixels: an M whose corners
 * are the nodes of a mesh, on a bar. Stopped, it is hollow; requests under way part the bar.
 */
function mark({ look, color, cut }) {
  const isHollow = look === 'stopped';
  const widths = { stopped: [], busy: [1, 6.25, 11.5] }[look];
  const bar = widths
    ? widths.map((x) => `<rect x="${x}" y="13" width="3.5" height="2" rx="1"/>`).join('')
    : '<rect x="1" y="13" width="14" height="2" rx="1"/>';
  const hollowBar = '<rect x="1.5" y="13.5" width="13" height="1" rx="0.5" fill-opacity="0.55"/>';
  const nodes = [
    [3, 3],
    [8, 7.5],
    [13, 3],
  ];
  const dots = nodes.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2"/>`).join('');
  const holes = nodes.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="1" fill="black"/>`).join('');
  const lines =
    '<path d="M3 10.75V3L8 7.5L13 3V10.75" fill="none" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>';
  const letter = `<g stroke="none">${dots}</g>${lines}`;
  const body = isHollow
    ? `<mask id="hollow" stroke="none"><rect width="16" height="16" fill="white"/>${holes}</mask><g mask="url(#hollow)">${letter}</g>`
    : letter;
  const shape = `<g fill="${color}" stroke="${color}"><g stroke="none">${isHollow ? hollowBar : bar}</g>${body}</g>`;
  return look === 'error' ? withBadge(shape, color, cut) : shape;
}

/** An exclamation mark in the corner, with a gap around it. `cut` is its own ground; without, it is cut out. */
function withBadge(shape, color, cut) {
  const gap = '<circle cx="11.75" cy="11" r="5.25" fill="black"/>';
  const bang =
    '<rect x="11" y="7.75" width="1.5" height="3.75" rx="0.75"/><rect x="11" y="12.5" width="1.5" height="1.5" rx="0.75"/>';
  const masked = `<mask id="gap"><rect x="-4" y="-4" width="24" height="24" fill="white"/>${gap}</mask><g mask="url(#gap)">${shape}</g>`;
  if (cut) return `${masked}<circle cx="11.75" cy="11" r="4.25" fill="${cut.ground}"/><g fill="${cut.ink}">${bang}</g>`;
  return `${masked}<mask id="bang"><rect width="16" height="16" fill="white"/><g fill="black">${bang}</g></mask><circle cx="11.75" cy="11" r="4.25" fill="${color}" mask="url(#bang)"/>`;
}

const svg = (size, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}">${content}</svg>`;

/** On macOS: black and alpha, or red, where colour is what matters. */
function shapeIcon(look) {
  return svg(16, mark({ look, color: look === 'insecure' ? '#d43d3d' : '#000000' }));
}

const TILES = {
  stopped: '#6d7080',
  running: '#2f6bed',
  busy: '#2f6bed',
  error: '#6d7080',
  insecure: '#d43d3d',
};

/** Elsewhere: a tile that shows on any panel, with the mark on it in white. */
function tileIcon(look) {
  const color = TILES[look];
  const inner = mark({ look, color: '#ffffff', cut: { ground: '#e5484d', ink: '#ffffff' } });
  return svg(
    16,
    `<rect x="0" y="0" width="16" height="16" rx="3.5" fill="${color}"/><g transform="translate(1 0.75) scale(0.875)">${inner}</g>`,
  );
}

/** The app's own icon: the grid of macOS, 824 of 1024 units wide, with its corner. */
function appIcon() {
  const tile = `<linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#5b8cff"/><stop offset="1" stop-color="#2456cf"/></linearGradient><rect x="100" y="100" width="824" height="824" rx="186" fill="url(#ground)"/>`;
  const inner = mark({ look: 'running', color: '#ffffff' });
  return svg(1024, `${tile}<g transform="translate(224 214) scale(36)">${inner}</g>`);
}

async function draw(window, source, size) {
  const url = await window.webContents.executeJavaScript(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(`data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`)};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ${size};
    canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** An ICO of PNGs: a head, an entry for each picture, the pictures. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

function write(name, content) {
  const file = path.join(ASSETS, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function drawAll() {
  const window = new BrowserWindow({ show: false });
  await window.loadURL('data:text/html,');
  for (const look of LOOKS) {
    write(`source/tray-${look}.svg`, `${shapeIcon(look)}\n`);
    write(`source/tile-${look}.svg`, `${tileIcon(look)}\n`);
    const mac = look === 'insecure' ? 'tray/mac-insecure' : `tray/mac-${look}-Template`;
    write(`${mac}.png`, await draw(window, shapeIcon(look), 18));
    write(`${mac}@2x.png`, await draw(window, shapeIcon(look), 36));
    // A panel of 22 to 24 pixels is what most have; the doubled one serves dense screens.
    write(`tray/${look}.png`, await draw(window, tileIcon(look), 24));
    write(`tray/${look}@2x.png`, await draw(window, tileIcon(look), 48));
    const pictures = [];
    for (const size of [16, 20, 24, 32, 48]) pictures.push({ size, png: await draw(window, tileIcon(look), size) });
    write(`tray/${look}.ico`, ico(pictures));
  }
  write('source/icon.svg', `${appIcon()}\n`);
  write('icon.png', await draw(window, appIcon(), 1024));
  for (const size of [16, 32, 48, 64, 128, 256, 512]) {
    write(`icons/${size}x${size}.png`, await draw(window, appIcon(), size));
  }
}

app.disableHardwareAcceleration();
app
  .whenReady()
  .then(drawAll)
  .then(
    () => app.exit(0),
    (error) => {
      console.error(error);
      app.exit(1);
    },
  );
