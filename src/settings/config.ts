export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 8766;
export const DEFAULT_API_URL = 'https://api.meshagent.com';

/** How long single records are kept; their sums by day, tool and model stay. Without either, for ever. */
export interface Retention {
  /** Whole days of the local calendar before today. */
  readonly maxAgeDays?: number;
  /** What the file's content may take up; the oldest records go first. */
  readonly maxBytes?: number;
}

/** Where metrics and spans go. Holds no secret: headers stay in the environment until the exporter reads them. */
export interface OtlpTarget {
  readonly metricsUrl: string;
  readonly tracesUrl: string;
}

/** Everything the engine can be told, parsed and defaulted once by the shell that builds it. */
export interface ProxyConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Local keys off. */
  readonly insecure: boolean;
  /** The second, explicit yes to an insecure proxy that others on the network can reach. */
  readonly allowInsecureExposure: boolean;
  /** Host names besides loopback and the bound address that a request may name. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may call the proxy, such as "http://localhost:3000". */
  readonly allowedOrigins: readonly string[];
  /** Ask for usage on behalf of chat streams that did not, and withhold the extra chunk. */
  readonly askForUsage: boolean;
  /** Answer GET /metrics with what the exchanges add up to. */
  readonly metrics: boolean;
  /** The collector that metrics and spans are exported to; undefined: none. */
  readonly otlp?: OtlpTarget | undefined;
  /** Tell MeshAgent which tool calls, so that its usage can be told apart there too. */
  readonly annotateTool: boolean;
  /** Label each exchange for MeshAgent, and ask it what those were billed whose cost is not sure. */
  readonly settle: boolean;
  /** How long stop() waits for exchanges in flight. */
  readonly drainMs: number;
  /** How long the ledger keeps single records; without, for ever. */
  readonly retention?: Retention;
  /** Where to fetch the price list from, once a day; without, nothing is fetched. */
  readonly priceListUrl?: string;
  readonly projectId?: string;
  readonly apiUrl?: string;
  /** Name of the environment variable that holds the upstream token. */
  readonly tokenFromEnv?: string;
  /** The local key, given by hand. A secret. */
  readonly bearer?: string;
}

export const DEFAULT_CONFIG: ProxyConfig = {
  host: DEFAULT_HOST,
  port: DEFAULT_PORT,
  insecure: false,
  allowInsecureExposure: false,
  allowedHosts: [],
  allowedOrigins: [],
  askForUsage: true,
  metrics: false,
  annotateTool: false,
  settle: false,
  drainMs: 10_000,
};
