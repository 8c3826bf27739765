import { useState } from 'react';
import type { ErrorInfo } from '../../../shared/errors.js';
import type { Project } from '../../../shared/session.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Dialog } from '../../components/Dialog.js';
import { ErrorText } from '../../components/ErrorText.js';
import { TextField } from '../../components/Field.js';
import { CheckIcon } from '../../components/icons.js';
import { Name } from '../../components/Name.js';
import styles from './session.module.css';
import { findProjects } from './session-words.js';

/** Fewer are read faster than searched. */
const SEARCHED_FROM = 8;

interface ProjectDialogProps {
  /** undefined: not there yet. */
  readonly projects: readonly Project[] | undefined;
  readonly error: ErrorInfo | undefined;
  readonly currentId: string | undefined;
  readonly onRetry: () => void;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

/** One of the user's projects; with many, a search. */
export function ProjectDialog({ projects, error, currentId, onRetry, onChoose, onClose }: ProjectDialogProps) {
  const [search, setSearch] = useState('');
  const marked = (projects ?? []).map((project) => ({ ...project, current: project.id === currentId }));
  const found = findProjects(marked, search);
  return (
    <Dialog
      title={t('app.account.project')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('app.action.cancel')}</Button>}
    >
      {marked.length >= SEARCHED_FROM && (
        <TextField
          type="search"
          aria-label={t('app.account.searchProjects')}
          placeholder={t('app.account.search')}
          autoFocus
          className={styles.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first && search.trim() !== '') onChoose(first.id);
          }}
        />
      )}
      {error && (
        <>
          <ErrorText error={error} />
          <Button onClick={onRetry}>{t('app.action.tryAgain')}</Button>
        </>
      )}
      {!projects && !error && <p>{t('app.account.loadingProjects')}</p>}
      {projects?.length === 0 && <p>{t('app.account.noProjects')}</p>}
      {projects && projects.length > 0 && found.length === 0 && <p role="status">{t('app.account.noSuchProject')}</p>}
      <ul className={styles.projects} aria-label={t('app.account.projects')}>
        {found.map(({ id, name, current }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.project}
              aria-current={current || undefined}
              onClick={() => onChoose(id)}
            >
              <span className={styles.names}>
                <Name>{name}</Name>
                {name !== id && (
                  <span className={styles.hint} translate="no">
                    {' '}
                    {id}
                  </span>
                )}
              </span>
              {current && <CheckIcon />}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
