import type { Icon } from '../../shared/app-status.js';

/**
 * File of an icon: on macOS shapes that take the menu bar's colour (Electron knows them by "Template"), elsewhere
 * tiles, which show on a light panel as on a dark one. Larger forms stand beside it, as "name@2x.png".
 */
export function trayImageName(icon: Icon, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `${icon}.ico`;
  if (platform !== 'darwin') return `${icon}.png`;
  // The system would paint a template black: red needs a picture of its own.
  return icon === 'insecure' ? 'mac-insecure.png' : `mac-${icon}-Template.png`;
}
