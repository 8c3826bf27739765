import { MeshbarError } from '../../shared/errors.js';
import type { AppEngine } from '../engine/app-engine.js';

/**
 * Keeps the project that requests are billed to, in the settings that the `meshagent` command shares. Rejects with
 * MeshbarError invalid_option where another choice counts before it: this proxy would go on as it does, and the command
 * would not.
 */
export async function chooseProject(
  { current, isDemo }: Pick<AppEngine, 'current' | 'isDemo'>,
  id: string,
): Promise<void> {
  const chosen = await current.session.project();
  if (chosen && chosen.source !== 'settings') {
    throw new MeshbarError(
      'invalid_option',
      isDemo ? { why: 'demo_project' } : { why: 'project_named', source: chosen.source },
    );
  }
  await current.session.setProject(id);
}
