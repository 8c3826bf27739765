import { startAlone } from './alone.js';
import { clickTray, test } from './fixtures.js';

test('a popover that was not looked at yet knows it, and asks again when it is', async ({ home }) => {
  const app = await startAlone(home);
  try {
    await app.next('page hidden');
    const before = app.told.length;
    await clickTray();
    await app.next('page visible', before);
    await app.next('asked usage:now', before);
    await app.next('asked usage:view', before);
    const shown = app.told.length;
    await clickTray();
    await app.next('page hidden', shown);
  } finally {
    await app.close();
  }
});
