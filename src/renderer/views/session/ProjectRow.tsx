import { useState } from 'react';
import { Button } from '../../components/Button.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon } from '../../components/icons.js';
import { useAction } from '../../store/use-action.js';
import { useAnswer } from '../../store/use-answer.js';
import { useOnChange } from '../../store/use-on-change.js';
import { ProjectDialog } from './ProjectDialog.js';
import { Row } from './Row.js';
import styles from './session.module.css';

const SOURCES = {
  settings: 'Shared with the meshagent command.',
  environment: 'From the variable MESHAGENT_PROJECT_ID, which counts before a choice here.',
  option: 'It was named when Meshbar was started.',
} as const;

/** The project that pays, where its choice comes from, and another one in its place. */
export function ProjectRow({ projectId }: { projectId: string | undefined }) {
  const source = useAnswer('session:project-source', undefined);
  const projects = useAnswer('session:projects', undefined);
  const [isOpen, setOpen] = useState(false);
  const { busy, error, run } = useAction();

  // The menu and the command may choose another one, too.
  useOnChange(projectId, () => {
    source.reload();
    projects.reload();
  });

  async function choose(id: string): Promise<void> {
    setOpen(false);
    if (id !== projectId) await run('session:use-project', { id });
  }

  const name = projects.value?.find(({ id }) => id === projectId)?.name ?? projectId;
  const isFixed = source.value === 'environment' || source.value === 'option';
  return (
    <>
      <Row
        words="Project"
        hint={projectId === undefined ? 'Requests need one to be billed to.' : source.value && SOURCES[source.value]}
      >
        {isFixed ? (
          <span className="selectable">{name}</span>
        ) : (
          <Button
            kind={projectId === undefined ? 'primary' : 'plain'}
            className={styles.chosen}
            aria-label={projectId === undefined ? 'Choose a project' : `Project: ${name}. Change`}
            aria-haspopup="dialog"
            disabled={busy}
            onClick={() => {
              projects.reload();
              setOpen(true);
            }}
          >
            <span>{name ?? 'Choose'}</span>
            <ChevronDownIcon />
          </Button>
        )}
      </Row>
      <ErrorText error={error} />
      {isOpen && (
        <ProjectDialog
          projects={projects.value}
          error={projects.error}
          currentId={projectId}
          onRetry={projects.reload}
          onChoose={(id) => void choose(id)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
