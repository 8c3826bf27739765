import { expect, test } from 'vitest';
import { ownAppImage } from '../../../src/main/app/app-image.js';

const APPIMAGE = '/home/ada/Meshbar.AppImage';

test('an AppImage is ours only if we run from where it is mounted', () => {
  const env = { APPIMAGE, APPDIR: '/tmp/.mount_Meshba1' };
  expect(ownAppImage(env, '/tmp/.mount_Meshba1/meshbar')).toBe(APPIMAGE);
  expect(ownAppImage({}, '/opt/Meshbar/meshbar')).toBeUndefined();
});

test('the AppImage of a terminal that Meshbar was started in is not ours', () => {
  const env = { APPIMAGE: '/home/ada/Terminal.AppImage', APPDIR: '/tmp/.mount_Termin1' };
  expect(ownAppImage(env, '/opt/Meshbar/meshbar')).toBeUndefined();
  expect(ownAppImage(env, '/tmp/.mount_Termin10/meshbar')).toBeUndefined();
  expect(ownAppImage({ APPIMAGE }, '/opt/Meshbar/meshbar')).toBeUndefined();
});
