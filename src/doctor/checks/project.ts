import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import type { Told } from '../service.js';

const { note, ok, problem, skipped } = findingsOf('project');

/** Whether a project is chosen, is there, and lets the user use the LLM proxy. */
export const projectCheck: Check = { name: 'project', run };

const CHOOSE = { text: say('doctor.project.choose'), command: 'meshbar project list' } as const;

async function run(facts: Facts): Promise<Found[]> {
  const [{ project, token }, status] = await Promise.all([facts.service(), facts.status()]);
  if (!project) {
    if (status) return [ok('of_the_proxy', { title: say('doctor.project.ofTheProxy', { project: status.projectId }) })];
    return [
      problem('none', {
        title: say('doctor.project.none'),
        meaning: say('doctor.project.noneMeaning'),
        remedy: CHOOSE,
      }),
    ];
  }
  const findings: Found[] = [];
  const source: Message =
    project.source === 'settings'
      ? say('doctor.project.chosen')
      : say('doctor.project.from', { source: project.source });
  if (status && status.projectId !== project.id) {
    findings.push(
      note('other_in_proxy', {
        title: say('doctor.project.otherInProxy', { project: status.projectId, chosen: project.id }),
        meaning: say('doctor.project.otherInProxyMeaning'),
      }),
    );
  }
  if (token.kind === 'none') return [...findings, unchecked(project.id, say('doctor.service.noToken'))];
  const [access, projects] = await Promise.all([facts.calls.mayUseProxy(project.id), facts.calls.projects()]);
  findings.push(judge(project.id, access, projects, source));
  return findings;
}

function judge(
  id: string,
  access: Told<boolean>,
  projects: Awaited<ReturnType<Facts['calls']['projects']>>,
  source: Message,
): Found {
  const known = projects.kind === 'told' ? projects.value.find((one) => one.id === id) : undefined;
  if (access.kind === 'told' && access.value) {
    return ok('usable', { title: say('doctor.project.usable', { project: id }), details: [source] });
  }
  if (projects.kind === 'told' && !known) {
    return problem('unknown', {
      title: say('doctor.project.unknown', { project: id }),
      meaning: say('doctor.project.unknownMeaning'),
      remedy: CHOOSE,
      details: [source],
    });
  }
  if (access.kind === 'told') {
    return problem('no_access', {
      title: say('doctor.project.noAccess', { project: id }),
      meaning: say('doctor.project.noAccessMeaning'),
      remedy: { text: say('doctor.project.noAccessRemedy'), command: CHOOSE.command },
      details: [source],
    });
  }
  if (access.kind === 'forbidden') return unchecked(id, say('doctor.service.forbidden'));
  return unchecked(id, access.kind === 'refused' ? say('doctor.service.refused') : access.why);
}

function unchecked(id: string, why: Message): Found {
  return skipped('unchecked', { title: say('doctor.project.unchecked', { project: id, why }) });
}
