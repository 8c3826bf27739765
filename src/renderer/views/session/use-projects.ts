import type { Project } from '../../../shared/session.js';
import { useAnswer } from '../../store/use-answer.js';
import { useStore } from '../../store/use-store.js';

interface Projects {
  readonly projects: readonly Project[] | undefined;
  readonly problem: string | undefined;
  reload(): void;
}

/** The projects of whoever is signed in, asked for once when they are wanted, and again on demand. */
export function useProjects(isWanted = true): Projects {
  const status = useStore((state) => state.app?.session.status);
  const canAsk = status === 'signed_in' || status === 'environment';
  const { value, error, reload } = useAnswer('session:projects', undefined, { enabled: canAsk && isWanted });
  return { projects: value, problem: error?.message, reload };
}
