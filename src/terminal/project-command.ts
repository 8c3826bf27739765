import type { Account } from '../session/account.js';
import { MeshbarError } from '../shared/errors.js';
import type { Project } from '../shared/session.js';
import { print, printProblem } from './output.js';
import { plainText } from './plain-text.js';
import { table } from './table.js';
import { withSession } from './with-session.js';

/** Lists the user's projects, the current one marked. */
export function runProjectList(options: { search?: string; json: boolean }): Promise<number> {
  return withSession(async (_session, account) => {
    const projects = await account.projects(options.search);
    if (options.json) print(JSON.stringify(projects, null, 2));
    else if (projects.length === 0) print(options.search === undefined ? 'You have no projects.' : 'No project fits.');
    else print(table(['  project', 'id'], projects.map(rowOf), 2));
  });
}

/** Makes a project the active one, for Meshbar and the `meshagent` command alike. */
export function runProjectUse(selector: string): Promise<number> {
  return withSession(async (session, account) => {
    const project = await findProject(account, selector);
    await session.setProject(project.id);
    const name = project.name === project.id ? project.id : `${project.name} (${project.id})`;
    print(plainText(`Project: ${name}. A running proxy uses it from the next request on.`));
    const choice = await session.project();
    if (choice && choice.source !== 'settings') {
      printProblem(`${choice.source} is set here and names ${choice.id}, which wins.`);
    }
    const access = await account.proxyAccess(project.id);
    if (access.allowed === false) {
      const owner = project.ownerUserId === undefined ? '' : ` (user ${project.ownerUserId})`;
      printProblem(`You may not use the LLM proxy in it yet. Ask the project's owner${owner} to let you.`);
    }
  });
}

/** Who may not list projects may still know the id of one. */
async function findProject(account: Account, selector: string): Promise<Project> {
  try {
    return await account.findProject(selector);
  } catch (error) {
    if (!(error instanceof MeshbarError) || error.code !== 'account_forbidden') throw error;
    printProblem('You may not list projects: the id is stored unchecked.');
    return { id: selector, name: selector, ownerUserId: undefined, current: false };
  }
}

function rowOf({ id, name, current }: Project): string[] {
  return [`${current ? '*' : ' '} ${plainText(name)}`, plainText(id)];
}
