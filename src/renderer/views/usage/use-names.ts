import { useMemo } from 'react';
import type { Part } from '../../../shared/ipc.js';
import type { UsageGroup } from '../../../shared/usage.js';
import { t } from '../../../words/index.js';
import { useSame } from '../../store/use-same.js';
import { useProjects } from '../session/use-projects.js';

/** What people call a key or a project, by its id; models and tools are called what they are. */
export type Names = Readonly<Record<string, string>>;

/** Of the groups that are shown. */
export function useNames(by: Part, groups: readonly UsageGroup[] | undefined): Names {
  const { projects } = useProjects(by === 'project');
  return useSame(
    useMemo(() => {
      if (by === 'project') {
        return {
          '': t('app.usage.noProjectName'),
          ...Object.fromEntries((projects ?? []).map(({ id, name }) => [id, name])),
        };
      }
      return Object.fromEntries(
        (groups ?? []).flatMap(({ key, label }) => (label === undefined ? [] : [[key, label]])),
      );
    }, [by, groups, projects]),
  );
}
