import { expect, test } from 'vitest';
import { type KeyPress, recordKey, showAccelerator } from '../../../../src/renderer/views/settings/accelerator.js';

function press(held: string, key: string, code: string): KeyPress {
  return {
    key,
    code,
    ctrlKey: held.includes('ctrl'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
    metaKey: held.includes('meta'),
  };
}

test.each([
  ['linux', press('ctrl shift', 'M', 'KeyM'), 'CommandOrControl+Shift+M'],
  ['darwin', press('meta shift', 'm', 'KeyM'), 'CommandOrControl+Shift+M'],
  ['darwin', press('ctrl', 'm', 'KeyM'), 'Control+M'],
  ['darwin', press('alt', 'µ', 'KeyM'), 'Alt+M'],
  ['win32', press('meta alt', 'k', 'KeyK'), 'Alt+Super+K'],
  ['linux', press('ctrl', 'a', 'KeyQ'), 'CommandOrControl+A'],
  ['linux', press('ctrl shift', '!', 'Digit1'), 'CommandOrControl+Shift+1'],
  ['linux', press('ctrl', '1', 'Numpad1'), 'CommandOrControl+num1'],
  ['linux', press('ctrl', '+', 'NumpadAdd'), 'CommandOrControl+numadd'],
  ['linux', press('ctrl', ' ', 'Space'), 'CommandOrControl+Space'],
  ['linux', press('alt', 'ArrowUp', 'ArrowUp'), 'Alt+Up'],
  ['linux', press('alt', 'Enter', 'Enter'), 'Alt+Return'],
  ['linux', press('ctrl', ',', 'Comma'), 'CommandOrControl+,'],
  ['linux', press('', 'F9', 'F9'), 'F9'],
])('on %s %o is %s', (platform, event, accelerator) => {
  expect(recordKey(event, platform)).toEqual({ status: 'complete', accelerator });
});

test('modifiers alone are shown and wait for more', () => {
  expect(recordKey(press('ctrl shift', 'Shift', 'ShiftLeft'), 'linux')).toEqual({
    status: 'partial',
    shown: 'Ctrl+Shift…',
  });
  expect(recordKey(press('meta', 'Meta', 'MetaLeft'), 'darwin')).toEqual({ status: 'partial', shown: '⌘…' });
});

test('what would take a key away from typing is refused', () => {
  for (const event of [press('', 'm', 'KeyM'), press('shift', 'M', 'KeyM'), press('', 'Enter', 'Enter')]) {
    expect(recordKey(event, 'linux')).toMatchObject({ status: 'refused', reason: expect.stringContaining('Hold') });
  }
  expect(recordKey(press('ctrl', 'Dead', 'IntlBackslash'), 'linux')).toMatchObject({ status: 'refused' });
});

test('an accelerator is shown as the platform writes it', () => {
  expect(showAccelerator('CommandOrControl+Shift+M', 'darwin')).toBe('⌘⇧M');
  expect(showAccelerator('CommandOrControl+Shift+M', 'linux')).toBe('Ctrl+Shift+M');
  expect(showAccelerator('Alt+Super+K', 'win32')).toBe('Alt+Win+K');
});
