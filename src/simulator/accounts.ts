import { z } from 'zod';
import type { BilledUsageFilter } from './billing.js';
import type { SimulatedProject } from './projects.js';
import { jsonReply, type Reply } from './reply.js';
import { type SimulatedService, simulatedProjectOf } from './service.js';

const ACCESS_TEST = z.looseObject({
  subject: z.looseObject({ type: z.literal('user'), id: z.string() }),
  resource: z.looseObject({ type: z.literal('project'), id: z.string() }),
  relation: z.string(),
});

const PROJECT_PATH = /^\/accounts\/projects\/([^/]+)\/(access:test|balance|llm-proxy\/usage)$/;

/** The calls about the user and the projects; undefined where there is none. `path` begins with "/accounts/". */
export function answerAccounts(
  service: SimulatedService,
  method: string,
  path: string,
  query: URLSearchParams,
  json: unknown,
): Reply | undefined {
  if (method === 'GET' && path === '/accounts/profiles/me') {
    return service.profileReadable ? jsonReply(service.user) : problem(403, 'The profile may not be read.');
  }
  if (method === 'GET' && path === '/accounts/projects') {
    return jsonReply({ projects: service.projects.map((project) => wire(project, service.user.id)) });
  }
  const [, encodedId, call] = PROJECT_PATH.exec(path) ?? [];
  if (encodedId === undefined) return undefined;
  const project = simulatedProjectOf(service, decodeURIComponent(encodedId));
  if (!project) return problem(404, 'No such project.');
  if (method === 'POST' && call === 'access:test') return testAccess(project, json);
  if (method === 'GET' && call === 'balance') return balance(service, project);
  if (method === 'GET' && call === 'llm-proxy/usage') return usage(service, project, query);
  return undefined;
}

function wire(project: SimulatedProject, ownerId: string): object {
  const { id, name } = project;
  return { id, name, owner_user_id: ownerId, project_key: null, created_at: '2026-01-01T00:00:00Z' };
}

function testAccess(project: SimulatedProject, json: unknown): Reply {
  const asked = ACCESS_TEST.safeParse(json);
  if (!asked.success || asked.data.resource.id !== project.id) return problem(400, 'The question was not understood.');
  const allowed = project.allowed && asked.data.relation === 'llm_proxy_user';
  return jsonReply({ allowed, relation: asked.data.relation });
}

function balance(service: SimulatedService, project: SimulatedProject): Reply {
  if (!project.balanceReadable) return problem(403, 'The balance may not be read.');
  return jsonReply({
    balance: project.credit - service.billing.spent(project.id),
    auto_recharge_threshold: project.autoRecharge ? 10 : null,
    auto_recharge_amount: project.autoRecharge ? 50 : null,
    last_recharge: '2026-01-01T00:00:00Z',
    monthly_budget: project.monthlyBudget,
    auto_recharge_paused: false,
    auto_recharged_this_month: 0,
  });
}

const USAGE_QUERY = z.object({
  start: z.iso.datetime({ offset: true }).optional(),
  end: z.iso.datetime({ offset: true }).optional(),
  interval: z.enum(['hour', 'day', 'month']).optional(),
  annotations: z.string().optional(),
});

function usage(service: SimulatedService, project: SimulatedProject, query: URLSearchParams): Reply {
  if (!project.usageReadable) return problem(403, 'The usage may not be read.');
  const asked = USAGE_QUERY.safeParse(Object.fromEntries(query));
  if (!asked.success) return problem(400, z.prettifyError(asked.error));
  const { start, end, interval, annotations } = asked.data;
  let wanted: BilledUsageFilter['annotations'];
  try {
    if (annotations !== undefined) wanted = z.record(z.string(), z.string()).parse(JSON.parse(annotations));
  } catch {
    return problem(400, 'annotations must be a JSON object of texts.');
  }
  const filter: BilledUsageFilter = {
    projectId: project.id,
    interval,
    annotations: wanted,
    ...(start === undefined ? {} : { start: Date.parse(start) }),
    ...(end === undefined ? {} : { end: Date.parse(end) }),
  };
  return jsonReply({ usage: service.billing.report(filter) });
}

export function problem(status: number, message: string): Reply {
  return jsonReply({ error: message, message }, { status });
}
