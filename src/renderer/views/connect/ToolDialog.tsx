import type { PreviewLine, ToolPlan } from '../../../shared/tools.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { Dialog } from '../../components/Dialog.js';
import { withCode } from '../../components/rich.js';
import type { ToolAction } from './tool-words.js';
import styles from './tools.module.css';

interface ToolDialogProps {
  readonly plan: ToolPlan;
  readonly action: ToolAction['action'];
  readonly onClose: () => void;
  /** Called with the plan's number. */
  readonly onAgree: (plan: number) => void;
}

/** What will change, before it does; for tools without a file that Meshbar can write, what to do by hand. */
export function ToolDialog({ plan, action, onClose, onAgree }: ToolDialogProps) {
  if (plan.kind === 'steps') return <StepsDialog plan={plan} onClose={onClose} />;
  const { title, files, remarks, byHand } = plan;
  const nothing = action === 'connect' && files.every(({ lines }) => lines.length === 0);
  return (
    <Dialog
      title={t(action === 'connect' ? 'app.connect.connectQuestion' : 'app.connect.disconnectQuestion', {
        tool: title,
      })}
      onClose={onClose}
      actions={
        nothing ? (
          <Button onClick={onClose}>{t('app.action.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('app.action.cancel')}</Button>
            <Button kind="primary" onClick={() => onAgree(plan.plan)}>
              {t(`app.connect.${action}`)}
            </Button>
          </>
        )
      }
    >
      {nothing && <p>{t('app.connect.alreadyConnected')}</p>}
      {!nothing &&
        files.map(({ file, change, lines }) => (
          <div key={file} className={styles.file}>
            <p>{t(`app.connect.file.${change}`)}</p>
            <code className={`selectable ${styles.path}`} translate="no">
              {file}
            </code>
            <ul className={styles.lines}>
              {lines.map((line) => (
                <Line key={line.key} line={line} />
              ))}
            </ul>
          </div>
        ))}
      {[...remarks, ...byHand, ...(plan.verify === undefined ? [] : [plan.verify])].map((sentence) => (
        <p key={sentence} className={styles.sentence} lang="en">
          {withCode(sentence)}
        </p>
      ))}
      {action === 'disconnect' && <p className={styles.sentence}>{t('app.connect.keyIsRevoked')}</p>}
    </Dialog>
  );
}

/** Removed and added lines, distinguishable without colour too. */
function Line({ line: { key, before, after } }: { line: PreviewLine }) {
  return (
    <li>
      <span className={styles.key} translate="no">
        {key}
      </span>
      {before !== undefined && (
        <code className={styles.removed}>
          <span className="sr-only">{t('app.connect.lineRemoved')} </span>
          <span translate="no">{before}</span>
        </code>
      )}
      {after !== undefined && (
        <code className={styles.added}>
          <span className="sr-only">{t('app.connect.lineAdded')} </span>
          <span translate="no">{after}</span>
        </code>
      )}
    </li>
  );
}

function StepsDialog({ plan, onClose }: { plan: Extract<ToolPlan, { kind: 'steps' }>; onClose: () => void }) {
  const { title, possible, steps } = plan;
  return (
    <Dialog
      title={t(possible ? 'app.connect.byHandTitle' : 'app.connect.impossibleTitle', { tool: title })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('app.action.close')}</Button>}
    >
      <div className={`selectable ${styles.steps}`} lang="en">
        {withCode(steps.join('\n'))}
      </div>
      {possible && <p className={styles.sentence}>{t('app.connect.whereTheKeyIs')}</p>}
    </Dialog>
  );
}
