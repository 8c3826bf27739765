/**
 * A dead peer (pulled cable, dropped VPN, slept laptop) is noticed by TCP keep-alive after this and ten probes of one
 * second (libuv's), and by nothing else: a model may think for 20 minutes without a byte.
 */
export const KEEP_ALIVE_MS = 30_000;
/** Connecting, unlike thinking, is either quick or broken. */
export const CONNECT_TIMEOUT_MS = 30_000;
/** Of one head; taken from clients and from upstream alike. */
export const MAX_HEADER_BYTES = 64 * 1024;
