/**
 * The fields of a client's request that anything here looks at, by their names in lower case, as node:http would give
 * them. All others pass as they came, unread: a request has a dozen and more, and to read each costs as much as to route
 * it.
 */
export class ClientFields {
  host: string | undefined = undefined;
  origin: string | undefined = undefined;
  authorization: string | undefined = undefined;
  expect: string | undefined = undefined;
  upgrade: string | undefined = undefined;
  originator: string | undefined = undefined;
  traceparent: string | undefined = undefined;
  'x-api-key': string | undefined = undefined;
  'user-agent': string | undefined = undefined;
  'content-type': string | undefined = undefined;
  'content-length': string | undefined = undefined;
  'content-encoding': string | undefined = undefined;
  'transfer-encoding': string | undefined = undefined;
  'sec-fetch-site': string | undefined = undefined;
  'access-control-request-headers': string | undefined = undefined;
  'anthropic-version': string | undefined = undefined;
  'x-stainless-lang': string | undefined = undefined;
  'x-stainless-package-version': string | undefined = undefined;
  'x-meshagent-annotation-meshbar-exchange': string | undefined = undefined;
  'sec-websocket-key': string | undefined = undefined;
  'sec-websocket-version': string | undefined = undefined;
  'sec-websocket-protocol': string | undefined = undefined;
  'sec-websocket-extensions': string | undefined = undefined;
}
