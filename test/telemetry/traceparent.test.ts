import { expect, test } from 'vitest';
import { parseTraceparent } from '../../src/telemetry/traceparent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

test.each([
  ['sampled', `00-${TRACE}-${SPAN}-01`, 1],
  ['not sampled', `00-${TRACE}-${SPAN}-00`, 0],
  ['with flags of a later time', `00-${TRACE}-${SPAN}-03`, 1],
  ['of a later version, which may go on', `cc-${TRACE}-${SPAN}-01-what-the-future-brings`, 1],
])('a parent that is %s', (_name, value, traceFlags) => {
  expect(parseTraceparent(value)).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags, isRemote: true });
});

test.each([
  ['nothing', undefined],
  ['an empty field', ''],
  ['two fields', [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`]],
  ['two in one', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
  ['version 00 that goes on', `00-${TRACE}-${SPAN}-01-more`],
  ['the forbidden version', `ff-${TRACE}-${SPAN}-01`],
  ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
  ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
  ['capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ['a trace too short', `00-${TRACE.slice(1)}-${SPAN}-01`],
])('%s is no parent', (_name, value) => {
  expect(parseTraceparent(value as string | string[] | undefined)).toBeUndefined();
});
