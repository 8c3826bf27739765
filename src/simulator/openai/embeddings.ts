import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Call } from '../call.js';
import { splitModel } from '../plan.js';
import { estimateTokens } from '../prose.js';
import { jsonReply, type Reply } from '../reply.js';

const REQUEST = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()), z.array(z.number()), z.array(z.array(z.number()))]),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.number().int().min(1).max(3072).optional(),
});

/** POST /v1/embeddings. Equal texts get equal vectors, of length one. Throws ZodError for a body that is none. */
export function createEmbeddings(call: Call): Reply {
  const request = REQUEST.parse(call.body.json);
  const { model } = splitModel(request.model);
  const texts = textsOf(request.input);
  const dimensions = request.dimensions ?? (model.includes('large') ? 3072 : 1536);
  const data = texts.map((text, index) => {
    const vector = vectorOf(text, dimensions);
    const embedding =
      request.encoding_format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector];
    return { object: 'embedding', index, embedding };
  });
  const tokens = call.plan.input ?? tokensIn(request.input);
  const usage = { raw: { prompt_tokens: tokens, total_tokens: tokens }, billed: { input_tokens: tokens } };
  const bill = { model, usage } as const;
  return jsonReply({ object: 'list', data, model, usage: usage.raw }, { bill });
}

type Input = z.infer<typeof REQUEST>['input'];

function textsOf(input: Input): string[] {
  if (typeof input === 'string') return [input];
  if (typeof input[0] === 'number') return [input.join(' ')];
  return (input as (string | number[])[]).map((entry) => (typeof entry === 'string' ? entry : entry.join(' ')));
}

/** Given as token numbers, each is one. */
function tokensIn(input: Input): number {
  if (typeof input === 'string') return estimateTokens(input);
  let sum = 0;
  for (const entry of input)
    sum += typeof entry === 'number' ? 1 : typeof entry === 'string' ? estimateTokens(entry) : entry.length;
  return sum;
}

function vectorOf(text: string, dimensions: number): Float32Array {
  const seed = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: dimensions }, (_, i) => ((seed[i % 32] as number) + (i % 7)) / 262 - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
