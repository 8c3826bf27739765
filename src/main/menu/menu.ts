import { Menu, type MenuItemConstructorOptions } from 'electron';
import { t } from '../../words/index.js';
import type { MenuAction, MenuEntry } from './template.js';

/** An Electron menu of a template; `perform` is given the action of the entry that was chosen. */
export function buildMenu(entries: readonly MenuEntry[], perform: (action: MenuAction) => void): Menu {
  return Menu.buildFromTemplate(entries.map((entry) => toItem(entry, perform)));
}

function toItem(
  { action, submenu, ...entry }: MenuEntry,
  perform: (action: MenuAction) => void,
): MenuItemConstructorOptions {
  return {
    ...entry,
    // Shown beside the label. Who listens to keys is not the tray's menu.
    ...(entry.accelerator ? { registerAccelerator: false } : {}),
    ...(submenu ? { submenu: submenu.map((each) => toItem(each, perform)) } : {}),
    ...(action ? { click: () => perform(action) } : {}),
  };
}

/**
 * Electron's own menu has entries that reload and inspect pages. On macOS, where the shortcuts for copy and paste come
 * from the application's menu, there is a smaller one; elsewhere none.
 */
export function registerApplicationMenu(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  const window = { label: t('app.menu.window'), submenu: [{ role: 'minimize' as const }, { role: 'close' as const }] };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: 'Meshbar', submenu: [{ role: 'about' }, { type: 'separator' }, { role: 'hide' }, { role: 'quit' }] },
      { role: 'editMenu' },
      window,
    ]),
  );
}
