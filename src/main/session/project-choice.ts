import { MeshbarError } from '../../shared/errors.js';
import type { Engine } from '../engine/engine.js';

/**
 * Keeps the project that requests are billed to, in the settings that the `meshagent` command shares. Rejects with
 * MeshbarError invalid_option where another choice counts before it: this proxy would go on as it does, and the command
 * would not.
 */
export async function chooseProject({ core, isDemo }: Pick<Engine, 'core' | 'isDemo'>, id: string): Promise<void> {
  const current = await core.session.project();
  if (current && current.source !== 'settings') {
    throw new MeshbarError(
      'invalid_option',
      isDemo
        ? 'The demo has a project of its own.'
        : `The project was named when Meshbar was started (${current.source}), which counts before a choice here.`,
    );
  }
  await core.session.setProject(id);
}
