import { useState } from 'react';
import type { ToolPlan, ToolReport } from '../../../shared/tools.js';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { classNames } from '../../components/class-names.js';
import { ErrorText } from '../../components/ErrorText.js';
import { Name } from '../../components/Name.js';
import { withCode } from '../../components/rich.js';
import { useAction } from '../../store/use-action.js';
import { ToolDialog } from './ToolDialog.js';
import { actionsOf, stateWords, type ToolAction, toolToneOf } from './tool-words.js';
import styles from './tools.module.css';

interface ToolRowProps {
  readonly tool: ToolReport;
  readonly onChanged: () => void;
}

/** One tool: its state, and what can be done, which is shown before it is done. */
export function ToolRow({ tool, onChanged }: ToolRowProps) {
  const { busy, error, run } = useAction();
  const [shown, setShown] = useState<{ plan: ToolPlan; action: ToolAction['action'] }>();

  async function look(action: ToolAction['action']): Promise<void> {
    // The dialog shows what was changed by hand and will be lost, so that a person may agree to it.
    const answer = await run('tools:plan', { id: tool.id, action, force: tool.state.status === 'changed' });
    if (answer.ok) setShown({ plan: answer.value, action });
    else onChanged();
  }

  async function carryOut(plan: number, action: ToolAction['action']): Promise<void> {
    setShown(undefined);
    await run(action === 'connect' ? 'tools:connect' : 'tools:disconnect', { id: tool.id, plan });
    onChanged();
  }

  return (
    <li className={styles.tool}>
      <div className={styles.line}>
        <span className={classNames(styles.dot, styles[toolToneOf(tool.state)])} aria-hidden="true" />
        <div className={styles.words}>
          <p className={styles.name}>
            <Name>{tool.title}</Name>
          </p>
          <p className={styles.state}>{stateWords(tool.state)}</p>
          {tool.remarks.map((remark) => (
            <p key={remark} className={styles.remark} lang="en">
              {withCode(remark)}
            </p>
          ))}
        </div>
        {actionsOf(tool).map(({ action, label }) => (
          <Button
            key={action}
            disabled={busy}
            aria-label={t('app.connect.actOnTool', { action: t(label), tool: tool.title })}
            onClick={() => void look(action)}
          >
            {t(label)}
          </Button>
        ))}
      </div>
      <ErrorText error={error} />
      {shown && (
        <ToolDialog
          plan={shown.plan}
          action={shown.action}
          onClose={() => setShown(undefined)}
          onAgree={(plan) => void carryOut(plan, shown.action)}
        />
      )}
    </li>
  );
}
