import { ZodError } from 'zod';
import { NO_BODY, readBody } from './body.js';
import type { Call } from './call.js';
import { checkAccess, checkProject } from './checks.js';
import { deliver } from './deliver.js';
import { type ErrorReplyForm, errorReply, plannedError } from './error-reply.js';
import type { Exchange } from './exchange.js';
import { newId } from './ids.js';
import { pause } from './pause.js';
import { type Plan, PlanError, parsePlan, splitModel } from './plan.js';
import type { SimulatedProvider } from './provider.js';
import type { Reply } from './reply.js';
import { annotationsOf, headerPlanOf, projectIdOf } from './request-fields.js';

/** One request to a provider by way of the service: checked, planned, answered, billed. */
export async function answerProvider(exchange: Exchange, provider: SimulatedProvider, path: string): Promise<void> {
  const { service, request, record } = exchange;
  const requestId = newId('req_');
  const errors = provider.errorsAt(path);
  const refusal = checkAccess(request, service, 'llm:invoke') ?? checkProject(request, service);
  let plan: Plan = {};
  let reply: Reply | undefined;
  try {
    const headerPlan = headerPlanOf(request);
    plan = parsePlan(headerPlan);
    if (refusal) reply = errorReply(errors, refusal.status, { message: refusal.message, requestId });
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
      reply = plannedRefusal(call, errors) ?? provider.answer(call) ?? unknownUrl(call, errors);
    }
  } catch (error) {
    reply = badRequest(error, errors, requestId);
  }
  const about = {
    projectId: projectIdOf(request),
    providerName: provider.name,
    path,
    annotations: annotationsOf(request),
  };
  const billed = reply.bill && service.billing.add(about, reply.bill, provider.prices);
  const delivery = await deliver(
    exchange,
    withOrdinaryHeaders(reply, provider.ordinaryHeaders, errors, requestId),
    plan,
  );
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

function unknownUrl(call: Call, errors: ErrorReplyForm): Reply {
  const message = `Unknown request URL: ${call.method} ${call.path}.`;
  return errorReply(errors, 404, { message, requestId: call.requestId });
}

/** What the plan refuses before the endpoint is asked. */
function plannedRefusal(call: Call, errors: ErrorReplyForm): Reply | undefined {
  const { plan, service, requestId } = call;
  if (plan.status !== undefined) return plannedError(errors, plan.status, plan, requestId);
  if (plan.fault !== 'unauthorized-once' || !service.refusesOnce(plan.id ?? '')) return undefined;
  return errorReply(errors, 401, { message: 'The access token was refused, this once.', requestId });
}

function badRequest(error: unknown, errors: ErrorReplyForm, requestId: string): Reply {
  if (error instanceof PlanError) return errorReply(errors, 400, { message: error.message, requestId });
  if (!(error instanceof ZodError)) throw error;
  const issue = error.issues[0];
  const param = issue?.path.join('.') || undefined;
  const message = `${param ?? 'body'}: ${issue?.message ?? 'invalid'}`;
  return errorReply(errors, 400, { message, param, requestId });
}

/** A plan behind the model's name goes on where the header's ends. */
function withModelPlan(plan: Plan, headerPlan: string, json: unknown): Plan {
  if (typeof json !== 'object' || json === null || !('model' in json) || typeof json.model !== 'string') return plan;
  const { planText } = splitModel(json.model);
  return planText === '' ? plan : parsePlan(`${headerPlan};${planText}`);
}

/** What every answer of the provider has. */
function withOrdinaryHeaders(
  reply: Reply,
  ordinary: Readonly<Record<string, string>>,
  { requestIdField, rateLimitHeaders }: ErrorReplyForm,
  requestId: string,
): Reply {
  const headers = { [requestIdField]: requestId, ...ordinary, ...rateLimitHeaders(4999), ...reply.headers };
  return { ...reply, headers };
}
