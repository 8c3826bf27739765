import { type ReactNode, useState } from 'react';
import type { Answers } from '../../../shared/ipc.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon } from '../../components/icons.js';
import { Name } from '../../components/Name.js';
import { code, rich } from '../../components/rich.js';
import { useAction } from '../../store/use-action.js';
import { useAnswer } from '../../store/use-answer.js';
import { useOnChange } from '../../store/use-on-change.js';
import { ProjectDialog } from './ProjectDialog.js';
import { Row } from './Row.js';
import styles from './session.module.css';

/** The project that pays, where that choice comes from, and the way to another one. */
export function ProjectRow({ projectId }: { projectId: string | undefined }) {
  const source = useAnswer('session:project-source', undefined);
  const projects = useAnswer('session:projects', undefined);
  const [isOpen, setOpen] = useState(false);
  const { busy, error, run } = useAction();

  // The menu and the command may choose another one too.
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
        words={t('app.account.project')}
        hint={projectId === undefined ? t('app.account.projectMissing') : sourceWords(source.value)}
      >
        {isFixed ? (
          <span className="selectable">{name !== undefined && <Name>{name}</Name>}</span>
        ) : (
          <Button
            kind={projectId === undefined ? 'primary' : 'plain'}
            className={styles.chosen}
            aria-label={name === undefined ? t('app.action.chooseProject') : t('app.account.changeProject', { name })}
            title={name}
            aria-haspopup="dialog"
            disabled={busy}
            onClick={() => {
              projects.reload();
              setOpen(true);
            }}
          >
            <span>{name === undefined ? t('app.action.choose') : <Name>{name}</Name>}</span>
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

/** Where the choice of the project comes from. */
function sourceWords(source: Answers['session:project-source']): ReactNode {
  if (source === 'settings') return rich('app.account.projectOfSettings', { code });
  if (source === 'environment') return rich('app.account.projectOfEnvironment', { code });
  return source && t('app.account.projectOfOption');
}
