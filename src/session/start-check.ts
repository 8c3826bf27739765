import { MeshbarError } from '../shared/errors.js';
import type { Account } from './account.js';
import type { Session } from './session.js';
import { noProject } from './session-errors.js';

/**
 * The project a proxy starts for, once it is known that the user may use the LLM proxy there. Being offline does not
 * stop a start: requests are refused until the network is back. Rejects with MeshbarError no_upstream_token, no_project,
 * session_expired, project_access_denied.
 */
export async function projectForStart(
  session: Session,
  account: Account,
  onProblem: (message: string) => void,
): Promise<string> {
  await session.ready();
  try {
    const { projectId } = await session.access();
    await checkAccess(account, projectId, onProblem);
    return projectId;
  } catch (error) {
    if (!(error instanceof MeshbarError) || error.code !== 'session_offline') throw error;
    const project = await session.project();
    if (!project) throw noProject();
    onProblem(`${error.message} Requests are refused until it can be.`);
    return project.id;
  }
}

async function checkAccess(account: Account, projectId: string, onProblem: (message: string) => void): Promise<void> {
  const access = await account.proxyAccess(projectId);
  if (access.allowed) return;
  if (access.allowed === false) {
    const name = access.project ? `${access.project.name} (${projectId})` : projectId;
    const owner = access.project?.ownerUserId;
    throw new MeshbarError('project_access_denied', `You may not use the LLM proxy in the project ${name}.`, {
      hint: `Ask the project's owner${owner === undefined ? '' : ` (user ${owner})`} to let you use the LLM proxy, or choose another project: \`meshbar project list\`.`,
    });
  }
  // Who may not ask may still be allowed to call.
  if (access.problem.code === 'account_forbidden') return;
  onProblem(`Whether you may use the LLM proxy in ${projectId} could not be checked: ${access.problem.message}`);
}
