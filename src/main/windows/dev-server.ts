/**
 * Where electron-vite serves the pages while the app is being worked on (`npm run dev`); undefined: never in a build,
 * which has neither this address nor what the policy below allows.
 */
export const DEV_SERVER: string | undefined = import.meta.env.DEV ? process.env.ELECTRON_RENDERER_URL : undefined;

/** Vite injects its client and the styles as scripts within the page, and reports changes over a WebSocket. */
const DEV_POLICY = "default-src 'self' 'unsafe-inline' ws://127.0.0.1:*; frame-ancestors 'none'";

/** Answers for a page of ours with what the server has at its path. */
export async function fromDevServer(server: string, address: string): Promise<Response> {
  const { pathname, search } = new URL(address);
  const answer = await fetch(new URL(pathname + search, server));
  const type = answer.headers.get('content-type') ?? 'text/plain';
  const headers = { 'content-type': type, 'content-security-policy': DEV_POLICY };
  return new Response(new Uint8Array(await answer.arrayBuffer()), { status: answer.status, headers });
}

/** Whether a window may reach it: the server's WebSocket. */
export function isDevSocket(url: string): boolean {
  return DEV_SERVER !== undefined && new URL(url).host === new URL(DEV_SERVER).host;
}
