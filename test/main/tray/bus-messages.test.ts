import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessage, writeCall } from '../../../src/main/tray/bus-messages.js';

const BUS = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

test('a call is written as the specification of D-Bus has it', () => {
  const hello = writeCall({ ...BUS, member: 'Hello', serial: 1 });
  expect(hello.toString('latin1').replaceAll('\0', '.')).toBe(
    'l\x01\x01\x01....\x01...m...' +
      '\x01\x01o.\x15.../org/freedesktop/DBus...' +
      '\x02\x01s.\x14...org.freedesktop.DBus....' +
      '\x03\x01s.\x05...Hello...' +
      '\x06\x01s.\x14...org.freedesktop.DBus....',
  );
});

test('what is written is read again, its text too, and its end is known', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(200), (text, behind) => {
      const call = writeCall({ ...BUS, member: 'AddMatch', serial: 7, text });
      const read = readMessage(Buffer.concat([call, Buffer.alloc(behind, 'l')]));
      expect(read).toEqual({ type: 'other', member: 'AddMatch', texts: [text], length: call.length });
      expect(readMessage(call.subarray(0, call.length - 1))).toBeUndefined();
    }),
  );
});

test('a signal of a machine that counts from the other end is read', () => {
  const signal = Buffer.from(
    'B\x04\x01\x01\0\0\0\x0a\0\0\0\x05\0\0\0\x20' +
      '\x03\x01s\0\0\0\0\x04Gone\0\0\0\0' +
      '\x08\x01g\0\x01s\0\0' +
      '\x05\x01u\0\0\0\0\x09' +
      '\0\0\0\x05there\0',
    'latin1',
  );
  expect(readMessage(signal)).toMatchObject({ type: 'signal', member: 'Gone', texts: ['there'] });
});

test('bytes that are no message end in nothing but a RangeError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readMessage(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 2000 },
  );
});
