import type { Account } from '../session/account.js';
import { MeshbarError } from '../shared/errors.js';
import type { Project } from '../shared/session.js';
import { t } from '../words/index.js';
import { print, printProblem } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';
import { withSession } from './with-session.js';

/** Lists the user's projects, the current one marked. */
export function runProjectList(options: { search?: string; json: boolean }): Promise<number> {
  return withSession(async (_session, account) => {
    const projects = await account.projects(options.search);
    if (options.json) print(JSON.stringify(projects, null, 2));
    else if (projects.length === 0)
      print(t(options.search === undefined ? 'terminal.account.noProjects' : 'terminal.account.noMatch'));
    else {
      print(table([`  ${t('terminal.account.head.project')}`, t('terminal.account.head.id')], projects.map(rowOf), 2));
    }
  });
}

/** Makes a project the active one, for Meshbar and the `meshagent` command alike. */
export function runProjectUse(selector: string): Promise<number> {
  return withSession(async (session, account) => {
    const project = await findProject(account, selector);
    await session.setProject(project.id);
    const name = project.name === project.id ? project.id : `${project.name} (${project.id})`;
    print(plainText(t('terminal.account.projectUsed', { project: name })));
    const choice = await session.project();
    if (choice && choice.source !== 'settings') {
      printProblem(t('terminal.account.projectVariable', { source: choice.source, id: choice.id }));
    }
    const access = await account.proxyAccess(project.id);
    if (access.allowed === false) {
      const { ownerUserId: owner } = project;
      printProblem(owner === undefined ? t('terminal.account.noAccess') : t('terminal.account.noAccessOf', { owner }));
    }
  });
}

/** Somebody who may not list projects may still know the id of one. */
async function findProject(account: Account, selector: string): Promise<Project> {
  try {
    return await account.findProject(selector);
  } catch (error) {
    if (!(error instanceof MeshbarError) || error.code !== 'account_forbidden') throw error;
    printProblem(t('terminal.account.unchecked'));
    return { id: selector, name: selector, ownerUserId: undefined, current: false };
  }
}

function rowOf({ id, name, current }: Project): string[] {
  return [`${current ? '*' : ' '} ${plainText(name)}`, plainText(id)];
}
