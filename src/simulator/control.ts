import { z } from 'zod';
import type { ServiceControl } from './control-api.js';
import { TOKEN_FAILURES } from './service.js';

const SESSION = z.strictObject({ expiresIn: z.number().int().optional(), scope: z.string().optional() });

const SETTINGS = z.strictObject({
  accessTokenSeconds: z.number().int().optional(),
  rotate: z.boolean().optional(),
  clockOffsetMs: z.number().optional(),
  profileReadable: z.boolean().optional(),
  expireAccessTokens: z.literal(true).optional(),
  revoke: z.literal(true).optional(),
  dropConnections: z.enum(['end', 'reset']).optional(),
  forbid: z.string().min(1).optional(),
  authorizeError: z.object({ error: z.string(), description: z.string().optional() }).nullable().optional(),
  failTokenEndpoint: z.object({ times: z.number().int(), how: z.enum(TOKEN_FAILURES) }).optional(),
  delayTokenEndpoint: z.number().int().min(0).optional(),
  project: z
    .strictObject({
      id: z.string(),
      name: z.string().optional(),
      allowed: z.boolean().optional(),
      balanceReadable: z.boolean().optional(),
      usageReadable: z.boolean().optional(),
      credit: z.number().optional(),
      autoRecharge: z.boolean().optional(),
    })
    .optional(),
});

export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * The controls over HTTP, for tests in another process. All answers are JSON.
 *   GET  /__simulator/state      everything that was seen and billed, and what is open
 *   POST /__simulator/reset      forgets that, and all sessions
 *   POST /__simulator/sessions   {expiresIn?, scope?} issues a session
 *   POST /__simulator/settings   any of SETTINGS: sets it, or does it
 */
export function answerControl(control: ServiceControl, method: string, path: string, json: unknown): ControlAnswer {
  try {
    switch (`${method} ${path.slice('/__simulator'.length)}`) {
      case 'GET /state':
        return { status: 200, body: control.state() };
      case 'POST /reset':
        control.reset();
        return { status: 200, body: {} };
      case 'POST /sessions':
        return { status: 200, body: control.issueSession(SESSION.parse(json ?? {})) };
      case 'POST /settings':
        applySettings(control, SETTINGS.parse(json ?? {}));
        return { status: 200, body: {} };
      default:
        return { status: 404, body: { error: 'No such control.' } };
    }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { status: 400, body: { error: z.prettifyError(error) } };
  }
}

function applySettings(control: ServiceControl, settings: z.infer<typeof SETTINGS>): void {
  if (settings.accessTokenSeconds !== undefined) control.setAccessTokenSeconds(settings.accessTokenSeconds);
  if (settings.rotate !== undefined) control.setRotation(settings.rotate);
  if (settings.clockOffsetMs !== undefined) control.setClockOffset(settings.clockOffsetMs);
  if (settings.profileReadable !== undefined) control.setProfileReadable(settings.profileReadable);
  if (settings.authorizeError !== undefined) control.failAuthorize(settings.authorizeError ?? undefined);
  if (settings.failTokenEndpoint) {
    control.failTokenEndpoint(settings.failTokenEndpoint.times, settings.failTokenEndpoint.how);
  }
  if (settings.delayTokenEndpoint !== undefined) control.delayTokenEndpoint(settings.delayTokenEndpoint);
  if (settings.project) control.setProject(settings.project);
  if (settings.forbid) control.forbid(settings.forbid);
  if (settings.expireAccessTokens) control.expireAccessTokens();
  if (settings.revoke) control.revoke();
  if (settings.dropConnections) control.dropConnections(settings.dropConnections);
}
