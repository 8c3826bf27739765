import { ZodError } from 'zod';
import { answerAnthropic } from './anthropic/routes.js';
import { NO_BODY, readBody } from './body.js';
import type { Call } from './call.js';
import { checkAccess, checkProject } from './checks.js';
import { deliver } from './deliver.js';
import type { Exchange } from './exchange.js';
import { newId } from './ids.js';
import { answerOpenai } from './openai/routes.js';
import { pause } from './pause.js';
import { type Plan, PlanError, parsePlan, splitModel } from './plan.js';
import { errorReply, type ProviderName, plannedError, rateLimitHeaders } from './provider-errors.js';
import type { Reply } from './reply.js';
import { annotationsOf, headerPlanOf, projectIdOf } from './request-fields.js';

/** One request to a provider by way of the service: checked, planned, answered, billed. */
export async function answerProvider(exchange: Exchange, provider: ProviderName, path: string): Promise<void> {
  const { service, request, record } = exchange;
  const requestId = newId('req_');
  const refusal = checkAccess(request, service, 'llm:invoke') ?? checkProject(request, service);
  let plan: Plan = {};
  let reply: Reply | undefined;
  try {
    const headerPlan = headerPlanOf(request);
    plan = parsePlan(headerPlan);
    if (refusal) reply = errorReply(provider, refusal.status, { message: refusal.message, requestId });
    if (plan.hold) await holdBody(exchange, plan.hold);
    const body = plan.early ? NO_BODY : await readBody(request);
    // The client left while it was sending.
    if (!body) return;
    if (!reply) {
      plan = withModelPlan(plan, headerPlan, body.json);
      const query = new URL(record.target, 'http://simulator').searchParams;
      const call: Call = {
        // node:http leaves the body out.
        method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
        path,
        query,
        headers: request.headers,
        body,
        plan,
        service,
        requestId,
      };
      reply = plannedRefusal(call, provider) ?? answerCall(call, provider);
    }
  } catch (error) {
    reply = badRequest(error, provider, requestId);
  }
  const billed = reply.bill && service.billing.add(projectIdOf(request), path, annotationsOf(request), reply.bill);
  const delivery = await deliver(exchange, withOrdinaryHeaders(reply, provider, requestId), plan);
  billed?.settle(delivery);
}

/** Leaves the body where it is for a while: the other side has to wait with what it sends. */
async function holdBody({ request, response }: Exchange, ms: number): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  request.pause();
  await pause(ms, gone.signal);
  request.resume();
}

function answerCall(call: Call, provider: ProviderName): Reply {
  const reply = provider === 'openai' ? answerOpenai(call) : answerAnthropic(call);
  if (reply) return reply;
  const message = `Unknown request URL: ${call.method} ${call.path}.`;
  return errorReply(provider, 404, { message, requestId: call.requestId });
}

/** What the plan refuses before the endpoint is asked. */
function plannedRefusal(call: Call, provider: ProviderName): Reply | undefined {
  const { plan, service, requestId } = call;
  if (plan.status !== undefined) return plannedError(provider, plan.status, plan, requestId);
  if (plan.fault !== 'unauthorized-once' || !service.refusesOnce(plan.id ?? '')) return undefined;
  return errorReply(provider, 401, { message: 'The access token was refused, this once.', requestId });
}

function badRequest(error: unknown, provider: ProviderName, requestId: string): Reply {
  if (error instanceof PlanError) return errorReply(provider, 400, { message: error.message, requestId });
  if (!(error instanceof ZodError)) throw error;
  const issue = error.issues[0];
  const param = issue?.path.join('.') || undefined;
  const message = `${param ?? 'body'}: ${issue?.message ?? 'invalid'}`;
  return errorReply(provider, 400, { message, param, requestId });
}

/** A plan behind the model's name goes on where the header's ends. */
function withModelPlan(plan: Plan, headerPlan: string, json: unknown): Plan {
  if (typeof json !== 'object' || json === null || !('model' in json) || typeof json.model !== 'string') return plan;
  const { planText } = splitModel(json.model);
  return planText === '' ? plan : parsePlan(`${headerPlan};${planText}`);
}

/** What every answer of the provider carries. */
function withOrdinaryHeaders(reply: Reply, provider: ProviderName, requestId: string): Reply {
  const own: Record<string, string> =
    provider === 'openai'
      ? { 'x-request-id': requestId, 'openai-version': '2020-10-01', 'openai-processing-ms': '12' }
      : { 'request-id': requestId, 'anthropic-organization-id': 'org_simulated' };
  return { ...reply, headers: { ...own, ...rateLimitHeaders(provider, 4999), ...reply.headers } };
}
