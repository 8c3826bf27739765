/** Why an exchange did not end well, where the meter alone can tell: kept in its record. */
export const meter = {
  'meter.streamStopped': 'The stream stopped before its proper end.',
  'meter.clientCancelled': 'The client cancelled the response.',
  'meter.turnDetected': 'The speaker began again.',
  'meter.clientLeft': 'The client left in the middle of a response.',
  'meter.connectionClosed': 'The connection closed in the middle of a response.',
} as const;
