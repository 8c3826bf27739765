import { MeshbarError } from '../shared/errors.js';
import type { Statement } from '../words/index.js';
import { say } from '../words/say.js';
import type { Account } from './account.js';
import type { Session } from './session.js';

/**
 * The project a proxy starts for, once it is known that the user may use the LLM proxy there. Being offline does not
 * stop a start: requests are refused until the network is back. Rejects with MeshbarError no_upstream_token, no_project,
 * session_expired, project_access_denied.
 */
export async function projectForStart(
  session: Session,
  account: Account,
  onProblem: (problem: Statement) => void,
): Promise<string> {
  await session.ready();
  try {
    const { projectId } = await session.access();
    await checkAccess(account, projectId, onProblem);
    return projectId;
  } catch (error) {
    if (!(error instanceof MeshbarError) || error.code !== 'session_offline') throw error;
    const project = await session.project();
    if (!project) throw new MeshbarError('no_project');
    onProblem(say('session.startedOffline', { problem: error.facts }));
    return project.id;
  }
}

async function checkAccess(
  account: Account,
  projectId: string,
  onProblem: (problem: Statement) => void,
): Promise<void> {
  const access = await account.proxyAccess(projectId);
  if (access.allowed) return;
  if (access.allowed === false) {
    const project = access.project ? `${access.project.name} (${projectId})` : projectId;
    const owner = access.project?.ownerUserId;
    throw new MeshbarError(
      'project_access_denied',
      owner === undefined ? { why: 'owner_unknown', project } : { why: 'owner_known', project, owner },
    );
  }
  // Who may not ask may still be allowed to call.
  if (access.problem.code === 'account_forbidden') return;
  onProblem(say('session.accessUnchecked', { project: projectId, problem: access.problem.facts }));
}
