/** What the service knows of the user and of the user's projects. */

export interface SimulatedUser {
  id: string;
  first_name: string | null;
  last_name: string | null;
  email: string;
}

export interface SimulatedProject {
  readonly id: string;
  name: string;
  /** Whether access:test says yes and the providers answer. */
  allowed: boolean;
  /** False: 403 on the balance. */
  balanceReadable: boolean;
  /** False: 403 on the billed usage. */
  usageReadable: boolean;
  /** USD before what was billed. */
  credit: number;
  monthlyBudget: number | null;
  /** Whether credit is bought when it runs low. */
  autoRecharge: boolean;
}

export const DEFAULT_USER: Readonly<SimulatedUser> = {
  id: 'usr_simulated',
  first_name: 'Sam',
  last_name: 'Example',
  email: 'sam@example.com',
};

export function newProject(id: string, name: string): SimulatedProject {
  const rights = { allowed: true, balanceReadable: true, usageReadable: true };
  return { id, name, ...rights, credit: 50, monthlyBudget: 200, autoRecharge: true };
}

export function defaultProjects(): SimulatedProject[] {
  return [newProject('prj_simulated', 'Simulated project'), newProject('prj_second', 'Another project')];
}
