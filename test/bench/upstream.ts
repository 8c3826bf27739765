import http from 'node:http';

/** A provider that answers at once, from memory. Prints its port. */
const usage = { prompt_tokens: 512, completion_tokens: 180, total_tokens: 692 };
const text = 'the quick brown fox jumps over the lazy dog '.repeat(14);
const answer = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  model: 'gpt-4.1-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage,
});
const event = (fields: object) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', model: 'gpt-4.1-mini', ...fields })}\n\n`;
const delta = event({ choices: [{ index: 0, delta: { content: text.slice(0, 60) }, finish_reason: null }] });
const EVENTS = 100;
const INTERVAL_MS = 20;

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes < 64 * 1024) chunks.push(chunk);
  });
  request.on('end', () => {
    if (!Buffer.concat(chunks).includes('"stream":true')) {
      const body = request.url?.includes('audio') ? JSON.stringify({ text: '', bytes }) : answer;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      response.end(body);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      sent += 1;
      response.write(delta);
      if (sent < EVENTS) return;
      clearInterval(timer);
      response.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
    }, INTERVAL_MS);
    response.on('close', () => clearInterval(timer));
  });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`${address.port}\n`);
});
