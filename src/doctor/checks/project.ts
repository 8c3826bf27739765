import type { Finding } from '../../shared/doctor.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { Told } from '../service.js';

const { note, ok, problem, skipped } = findingsOf('project');

/** Whether a project is chosen, is there, and lets the user use the LLM proxy. */
export const projectCheck: Check = { name: 'project', subject: 'the project', run };

const CHOOSE = {
  text: 'List your projects, and choose one with `meshbar project use`:',
  command: 'meshbar project list',
};

async function run(facts: Facts): Promise<Finding[]> {
  const [{ project, token }, status] = await Promise.all([facts.service(), facts.status()]);
  if (!project) {
    if (status) return [ok('of_the_proxy', { title: `The running proxy uses the project ${status.projectId}.` })];
    return [
      problem('none', {
        title: 'No MeshAgent project is chosen.',
        meaning: 'Requests have nobody to bill: the proxy does not start.',
        remedy: CHOOSE,
      }),
    ];
  }
  const findings: Finding[] = [];
  const source = project.source === 'settings' ? 'Chosen with `meshbar project use`' : `From ${project.source}`;
  if (status && status.projectId !== project.id) {
    findings.push(
      note('other_in_proxy', {
        title: `The running proxy uses the project ${status.projectId}, not ${project.id}.`,
        meaning: 'It was started with another choice, which wins as long as it runs.',
      }),
    );
  }
  if (token.kind === 'none') return [...findings, unchecked(project.id, 'There is no access token to ask with.')];
  const [access, projects] = await Promise.all([facts.calls.mayUseProxy(project.id), facts.calls.projects()]);
  findings.push(judge(project.id, access, projects, source));
  return findings;
}

function judge(
  id: string,
  access: Told<boolean>,
  projects: Awaited<ReturnType<Facts['calls']['projects']>>,
  source: string,
): Finding {
  const known = projects.kind === 'told' ? projects.value.find((one) => one.id === id) : undefined;
  if (access.kind === 'told' && access.value) {
    return ok('usable', { title: `You may use the LLM proxy in the project ${id}.`, details: [source] });
  }
  if (projects.kind === 'told' && !known) {
    return problem('unknown', {
      title: `You have no project ${id}.`,
      meaning: 'It was deleted, or belongs to another account.',
      remedy: CHOOSE,
      details: [source],
    });
  }
  if (access.kind === 'told') {
    return problem('no_access', {
      title: `You may not use the LLM proxy in the project ${id}.`,
      meaning: 'Requests are refused with status 403.',
      remedy: { text: "Ask the project's owner to let you, or choose another:", command: CHOOSE.command },
      details: [source],
    });
  }
  if (access.kind === 'forbidden') return unchecked(id, 'MeshAgent does not let you ask.');
  return unchecked(id, access.kind === 'refused' ? 'MeshAgent does not accept the access token.' : access.why);
}

function unchecked(id: string, why: string): Finding {
  return skipped('unchecked', { title: `Whether you may use the project ${id} was not asked. ${why}` });
}
