/** Sends some traffic of every kind through a proxy, until the returned function is called. */
export function runDemoTraffic(proxyUrl: string, localKey: string): () => void {
  const stopped = new AbortController();
  const send = async (): Promise<void> => {
    const response = await fetch(`${proxyUrl}/anthropic/v1/messages`, {
      method: 'POST',
      signal: stopped.signal,
      headers: {
        'x-api-key': localKey,
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'user-agent': 'claude-cli/2.1.0 (external, cli)',
        'x-simulator': 'events=60; interval=40',
      },
      body: JSON.stringify({
        model: 'claude-sonnet-4-6',
        max_tokens: 1024,
        stream: true,
        messages: [{ role: 'user', content: 'Explain this function.' }],
      }),
    });
    await response.arrayBuffer();
  };
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) await send();
  };
  loop().catch(() => {});
  return () => stopped.abort();
}
