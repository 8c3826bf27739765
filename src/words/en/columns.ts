import type { COLUMNS, ColumnName } from '../../shared/columns.js';

/** Columns with a row in a request's details. */
type Shown = { [Name in ColumnName]: (typeof COLUMNS)[Name]['detail'] extends string ? Name : never }[ColumnName];

/** What each column is called in a request's details. One without a name does not compile. */
export const columns = {
  'columns.inputTokens': 'Input tokens',
  'columns.cacheReadInputTokens': 'of which read from the cache',
  'columns.cacheReadAudioInputTokens': 'of those audio',
  'columns.cacheReadImageInputTokens': 'of those images',
  'columns.cacheCreationInputTokens': 'of which written to the cache',
  'columns.cacheCreation1hInputTokens': 'of those for one hour',
  'columns.cacheCreation12hInputTokens': 'of those for twelve hours',
  'columns.audioInputTokens': 'of which audio',
  'columns.imageInputTokens': 'of which images',
  'columns.outputTokens': 'Output tokens',
  'columns.reasoningOutputTokens': 'of which reasoning',
  'columns.audioOutputTokens': 'of which audio',
  'columns.imageOutputTokens': 'of which images',
  'columns.inputCharacters': 'Input characters',
  'columns.audioSeconds': 'Audio, seconds',
  'columns.images': 'Images made',
  'columns.webSearches': 'Web searches',
  'columns.otherModelTokens': 'Tokens of a second model',
  'columns.usageStanding': 'Standing',

  'columns.outcome': 'Outcome',
  'columns.errorReason': 'Reason',
  'columns.errorType': 'Error type',
  'columns.sentTwice': 'Sent',
  'columns.status': 'Status',
  'columns.tool': 'Tool',
  'columns.toolVersion': 'Tool version',
  'columns.providerName': 'Provider',
  'columns.requestModel': 'Model asked for',
  'columns.responseModel': 'Model that answered',
  'columns.serviceTier': 'Service tier',
  'columns.inferenceGeo': 'Inference region',
  'columns.path': 'Method and path',
  'columns.transport': 'Transport',
  'columns.streaming': 'Streaming',
  'columns.projectId': 'Project',
  'columns.keyId': 'Key',
  'columns.labelled': 'Labelled for its bill',
  'columns.id': 'Id',
  'columns.rawUsage': 'As the provider reported it',

  'columns.startedAt': 'Started',
  'columns.timeToFirstChunkMs': 'First chunk after',
  'columns.durationMs': 'Duration',
  'columns.requestBytes': 'Request',
  'columns.responseBytes': 'Answer',

  'columns.costNanoUsd': 'At list price',
  'columns.surchargeNanoUsd': 'Surcharge of MeshAgent',
  'columns.priceListVersion': 'Price list',
  'columns.standing': 'Standing',
} as const satisfies Readonly<Record<`columns.${Shown}`, string>>;
