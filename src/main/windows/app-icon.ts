import path from 'node:path';

/** Where the system does not know the app's picture by itself. */
export const APP_ICON = path.join(__dirname, '../../assets/icons/256x256.png');
