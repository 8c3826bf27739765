import { z } from 'zod';
import type { SimulatedUsage } from '../billing.js';
import type { Call } from '../call.js';
import { type Plan, splitModel } from '../plan.js';
import { promptOf, promptTokens } from '../prompt.js';
import { jsonReply, type Reply } from '../reply.js';

const INSTRUCTIONS = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);
const NAME = z.string().optional();
const VALUE = z.union([z.string(), z.boolean()]);

const QUESTION = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('predicate'), instructions: INSTRUCTIONS, name: NAME }),
  z.looseObject({
    type: z.literal('choice'),
    instructions: INSTRUCTIONS,
    name: NAME,
    choices: z.array(z.looseObject({ value: VALUE })).min(1),
  }),
  z.looseObject({
    type: z.literal('score'),
    instructions: INSTRUCTIONS,
    name: NAME,
    levels: z.array(z.looseObject({ label: z.string() })).min(1),
  }),
]);

const REQUEST = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.looseObject({}))]),
  questions: z.array(QUESTION).min(1),
});

const SURE = 0.9;
/** What an answer takes, of which nothing is billed. */
const TOKENS_PER_ANSWER = 3;

/** POST /v1/decisions: yes, the first choice, the first level. Throws ZodError for a body that is none. */
export function decide({ body, plan }: Call): Reply {
  const request = REQUEST.parse(body.json);
  const { model } = splitModel(request.model);
  const answers = request.questions.map((question) => ({ name: question.name ?? null, ...answerTo(question, plan) }));
  const usage = decisionsUsage(
    plan.input ?? promptTokens(promptOf(request.input, request.questions)),
    plan,
    plan.output ?? answers.length * TOKENS_PER_ANSWER,
  );
  return jsonReply({ model, answers, usage: usage.raw }, { bill: { model, usage } });
}

function answerTo(question: z.infer<typeof QUESTION>, plan: Plan): object {
  if (plan.refuse) return { type: 'refusal' };
  switch (question.type) {
    case 'predicate':
      return { type: 'predicate', probability: SURE };
    case 'choice': {
      const probabilities = sharesOf(question.choices).map(([{ value }, probability]) => ({ value, probability }));
      return { type: 'choice', choice: question.choices[0]?.value, confidence: SURE, probabilities };
    }
    case 'score': {
      const shares = sharesOf(question.levels);
      const probabilities = shares.map(([{ label }, probability], value) => ({ label, value, probability }));
      const score = shares.reduce((sum, [, probability], value) => sum + value * probability, 0);
      return { type: 'score', score, confidence: SURE, probabilities };
    }
  }
}

/** The first is nearly sure, the others share the rest. */
function sharesOf<T>(options: readonly T[]): [T, number][] {
  const others = options.length - 1;
  return options.map((option, i) => [option, others === 0 ? 1 : i === 0 ? SURE : (1 - SURE) / others]);
}

/** All of the input is billed by a type of its own, whether it came from the cache or not; the output is not. */
function decisionsUsage(input: number, { cached = 0, written = 0 }: Plan, output: number): SimulatedUsage {
  return {
    raw: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
    billed: { input_tokens_decisions: input },
  };
}
