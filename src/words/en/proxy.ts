/** What the proxy says: to whoever runs it, and to clients. */
export const proxy = {
  'proxy.meterFailed': 'The meter failed on an exchange ({name}); it goes unmetered.',
  'proxy.rewriteFailed': 'Usage could not be asked for on an exchange’s behalf ({name}); its bytes pass as they came.',
  'proxy.listener': 'The listener reported: {detail}',
  'proxy.clientLeft': 'The client left.',

  'proxy.stopped': 'The proxy was stopped.',
  'proxy.noSession': 'The MeshAgent session is not available.',
  'proxy.access.host':
    'The Host of this request is not this proxy. Use its address, or allow the name with --allow-host <name>.',
  'proxy.access.origin':
    'Requests from web pages are refused. Allow this page with --allow-origin <its origin> if it is yours.',
  'proxy.access.crossSite': 'Requests from web pages are refused.',
  'proxy.access.noKey':
    'No local key. Send it as "Authorization: Bearer <key>" or "x-api-key: <key>"; `meshbar env` prints it.',
  'proxy.access.wrongKey':
    'This is not the proxy’s local key. `meshbar env` prints the right one; an old one may still be set.',
  'proxy.method': '{method} is not a method MeshAgent takes.',
  'proxy.path.unknown':
    '{path} is not a path MeshAgent answers. Only the LLM calls of that provider go through the proxy.',
  'proxy.path.noProvider': '{path} is not a path MeshAgent answers. Use one of these as the base URL: {bases}.',
  'proxy.path.wholeUrl': 'The request must name a path, not a whole URL.',
  'proxy.path.hash': 'A "#" does not belong in a request.',
  'proxy.path.backslash': 'A backslash does not belong in a path.',
  'proxy.path.emptySegment': 'The path {path} has an empty segment ("//" or a trailing "/").',
  'proxy.path.dotSegment': 'The path {path} has a dot segment.',
  'proxy.request.version': 'Only HTTP/1.1 and HTTP/1.0 are spoken here.',
  'proxy.request.coding': 'The only transfer coding that is taken is chunked.',
  'proxy.request.host': 'A request names one Host.',
  'proxy.request.fields': 'The request has too many header fields, or more than 64 KiB of them.',
  'proxy.request.invalid': 'This is not a valid HTTP/1.1 request.',
  'proxy.request.unsendable': 'This request can’t be sent: {reason}.',
  'proxy.answer.head': 'The answer has an invalid head ({reason}).',
  'proxy.answer.rewrite': 'Usage could not be asked for on this stream; --no-ask-usage leaves streams as they are.',
  'proxy.answer.cut': 'The connection to MeshAgent was cut in the middle of the answer.',
  'proxy.webSocket.handshake': 'The WebSocket handshake is not valid.',
  'proxy.webSocket.handshakeBroke': 'The handshake broke off.',
  'proxy.webSocket.broke': 'The WebSocket broke ({code}).',
  'proxy.webSocket.closed': 'MeshAgent closed the WebSocket ({code}).',
  'proxy.metrics.off': 'Metrics are off. `meshbar proxy --metrics` switches them on.',
  'proxy.metrics.method': 'Metrics are read with GET.',
  'proxy.metrics.failed': 'The metrics could not be collected.',
} as const;
