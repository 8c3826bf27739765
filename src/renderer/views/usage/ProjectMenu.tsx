import { useState } from 'react';
import type { Project } from '../../../shared/session.js';
import { t } from '../../../words/index.js';
import { CutName } from '../../components/CutName.js';
import { classNames } from '../../components/class-names.js';
import { ChevronDownIcon } from '../../components/icons.js';
import { Menu } from '../../components/Menu.js';
import { store, useStore } from '../../store/use-store.js';
import { findProjects } from '../session/session-words.js';
import styles from './ProjectMenu.module.css';

interface ProjectMenuProps {
  readonly projects: readonly Project[] | undefined;
  /** Why they could not be had. */
  readonly problem: string | undefined;
  /** Asks for them again. */
  readonly onOpen: () => void;
  /** As the one thing to press. */
  readonly isPrimary?: boolean;
}

/** The project that requests are billed to, and the way to another one. */
export function ProjectMenu({ projects, problem, onOpen, isPrimary }: ProjectMenuProps) {
  const chosen = useStore((state) => state.app?.session.projectId);
  const [underWay, setUnderWay] = useState<string>();
  const shown = underWay ?? chosen;
  const name = projects?.find(({ id }) => id === shown)?.name ?? shown;

  async function choose(id: string): Promise<void> {
    setUnderWay(id);
    const answer = await store.ask('session:use-project', { id });
    setUnderWay(undefined);
    if (!answer.ok) {
      store.toastFailure('session:use-project', answer.error);
      return;
    }
    // Without a project it could not start.
    if (store.state.app?.proxy.status === 'failed') await store.attempt('proxy:start', undefined);
  }

  return (
    <Menu
      label={name === undefined ? t('app.action.chooseProject') : t('app.account.projectIs', { name })}
      className={classNames(styles.button, isPrimary && styles.primary)}
      items={findProjects(projects ?? [], '').map((project) => ({
        id: project.id,
        label: project.name,
        detail: project.name === project.id ? undefined : project.id,
        checked: project.id === shown,
      }))}
      note={problem ?? t(projects ? 'app.account.noProjects' : 'app.account.loadingProjects')}
      onOpen={onOpen}
      onChoose={(id) => void choose(id)}
    >
      {name === undefined ? t('app.action.chooseProject') : <CutName>{name}</CutName>}
      <ChevronDownIcon />
    </Menu>
  );
}
