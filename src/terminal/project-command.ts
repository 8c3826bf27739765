import { DEFAULT_CONFIG } from '../core/config.js';
import { type Account, createAccount } from '../core/session/account.js';
import { createSession } from '../core/session/create-session.js';
import type { Session } from '../core/session/session.js';
import { MeshbarError } from '../shared/errors.js';
import type { Project } from '../shared/session.js';
import { EXIT, print, printError, printProblem } from './output.js';
import { plainText } from './plain-text.js';

/** Lists the user's projects, the current one marked. */
export function runProjectList(options: { search?: string; json: boolean }): Promise<number> {
  return withAccount(async (_session, account) => {
    const projects = await account.projects(options.search);
    if (options.json) print(JSON.stringify(projects, null, 2));
    else if (projects.length === 0) print(options.search === undefined ? 'You have no projects.' : 'No project fits.');
    else for (const line of linesOf(projects)) print(line);
  });
}

/** Makes a project the active one, for Meshbar and the `meshagent` command alike. */
export function runProjectUse(selector: string): Promise<number> {
  return withAccount(async (session, account) => {
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

function linesOf(projects: readonly Project[]): string[] {
  const width = Math.max(...projects.map(({ name }) => name.length));
  return projects.map(({ id, name, current }) => plainText(`${current ? '*' : ' '} ${name.padEnd(width)}  ${id}`));
}

async function withAccount(work: (session: Session, account: Account) => Promise<void>): Promise<number> {
  const session = createSession({ config: DEFAULT_CONFIG });
  try {
    await work(session, createAccount(session));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  } finally {
    await session.close();
  }
}
