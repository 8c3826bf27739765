import type { PreviewLine, ToolPlan } from '../../../shared/tools.js';
import { Button } from '../../components/Button.js';
import { Dialog } from '../../components/Dialog.js';
import { CHANGE_WORDS, type ToolAction } from './tool-words.js';
import styles from './tools.module.css';

interface ToolDialogProps {
  readonly plan: ToolPlan;
  readonly action: ToolAction['action'];
  readonly onClose: () => void;
  /** Told the plan's number. */
  readonly onAgree: (plan: number) => void;
}

/** What will be changed, before it is; for tools without a file that Meshbar can write, what to do by hand. */
export function ToolDialog({ plan, action, onClose, onAgree }: ToolDialogProps) {
  if (plan.kind === 'steps') return <StepsDialog plan={plan} onClose={onClose} />;
  const { title, files, remarks, byHand } = plan;
  const nothing = action === 'connect' && files.every(({ lines }) => lines.length === 0);
  return (
    <Dialog
      title={action === 'connect' ? `Connect ${title}?` : `Disconnect ${title}?`}
      onClose={onClose}
      actions={
        nothing ? (
          <Button onClick={onClose}>Close</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button kind="primary" onClick={() => onAgree(plan.plan)}>
              {action === 'connect' ? 'Connect' : 'Disconnect'}
            </Button>
          </>
        )
      }
    >
      {nothing && <p>It is connected already.</p>}
      {!nothing &&
        files.map(({ file, change, lines }) => (
          <div key={file} className={styles.file}>
            <p>{CHANGE_WORDS[change]}</p>
            <code className={`selectable ${styles.path}`}>{file}</code>
            <ul className={styles.lines}>
              {lines.map((line) => (
                <Line key={line.key} line={line} />
              ))}
            </ul>
          </div>
        ))}
      {[...remarks, ...byHand, ...(plan.verify === undefined ? [] : [plan.verify])].map((sentence) => (
        <p key={sentence} className={styles.sentence}>
          {plain(sentence)}
        </p>
      ))}
      {action === 'disconnect' && <p className={styles.sentence}>The key that it was given is refused from then on.</p>}
    </Dialog>
  );
}

/** As lines that go and lines that come, told apart without colour too. */
function Line({ line: { key, before, after } }: { line: PreviewLine }) {
  return (
    <li>
      <span className={styles.key}>{key}</span>
      {before !== undefined && (
        <code className={styles.removed}>
          <span className="sr-only">removed: </span>
          {before}
        </code>
      )}
      {after !== undefined && (
        <code className={styles.added}>
          <span className="sr-only">added: </span>
          {after}
        </code>
      )}
    </li>
  );
}

function StepsDialog({ plan, onClose }: { plan: Extract<ToolPlan, { kind: 'steps' }>; onClose: () => void }) {
  const { title, possible, steps } = plan;
  return (
    <Dialog
      title={possible ? `Set up ${title} by hand` : `${title} can’t be connected`}
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <div className={`selectable ${styles.steps}`}>{steps.map(plain).join('\n')}</div>
      {possible && <p className={styles.sentence}>The local key is copied under “Address and key”.</p>}
    </Dialog>
  );
}

/** Marks of code are for terminals. */
function plain(text: string): string {
  return text.replaceAll(/`([^`]+)`/g, '“$1”');
}
