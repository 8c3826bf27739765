import type { TrayLook } from './face.js';

/**
 * File that shows a look: on macOS shapes that take the menu bar's colour (Electron knows them by "Template"), elsewhere
 * tiles, which show on a light panel as on a dark one. Larger forms stand beside it, as "name@2x.png".
 */
export function trayImageName(look: TrayLook, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `${look}.ico`;
  if (platform !== 'darwin') return `${look}.png`;
  // The system would paint a template black: red needs a picture of its own.
  return look === 'insecure' ? 'mac-insecure.png' : `mac-${look}-Template.png`;
}
