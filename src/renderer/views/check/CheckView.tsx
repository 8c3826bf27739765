import { useState } from 'react';
import { Button } from '../../components/Button.js';
import { CopyButton } from '../../components/CopyButton.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons.js';
import { ViewTitle } from '../../components/Section.js';
import { store, useStore } from '../../store/use-store.js';
import page from '../../styles/page.module.css';
import styles from './check.module.css';
import { summaryOf } from './check-words.js';
import { FindingItem } from './FindingItem.js';
import { useCheck } from './use-check.js';

/** What is wrong on this machine, what it means, what to do; what is in order stands at the end, folded. */
export function CheckView() {
  const { findings, isRunning, error, again } = useCheck();
  const isDemo = useStore((state) => state.app?.demo ?? false);
  const [isOpen, setOpen] = useState(false);
  const told = findings.filter(({ status }) => status !== 'ok');
  const good = findings.filter(({ status }) => status === 'ok');
  return (
    <div className={page.page}>
      <ViewTitle
        title="Check"
        aside={
          <Button disabled={isRunning} onClick={again}>
            Check again
          </Button>
        }
      />
      <div className={styles.head}>
        <p role="status" className={styles.summary}>
          {isRunning ? 'Looking…' : summaryOf(findings)}
        </p>
        {!isRunning && findings.length > 0 && (
          <CopyButton text="Copy report" label="Copy report, to paste into an issue" onCopy={copyReport} />
        )}
      </div>
      {isDemo && <p className={styles.hint}>The demo runs: what is checked is this machine, without its proxy.</p>}
      <ErrorText error={error} />
      <ul className={styles.findings}>
        {told.map((finding) => (
          <FindingItem key={`${finding.id} ${finding.title} ${finding.details.join()}`} finding={finding} />
        ))}
      </ul>
      {good.length > 0 && (
        <div className={styles.good}>
          <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
            {good.length === 1 ? '1 thing is in order' : `${good.length} things are in order`}
          </button>
          {isOpen && (
            <ul className={styles.findings}>
              {good.map((finding) => (
                <FindingItem key={`${finding.id} ${finding.title} ${finding.details.join()}`} finding={finding} />
              ))}
            </ul>
          )}
        </div>
      )}
      {!isRunning && findings.length > 0 && (
        <p className={styles.hint}>
          The report has no keys, names and paths in it. Read it through before you post it.
        </p>
      )}
    </div>
  );
}

async function copyReport(): Promise<boolean> {
  const answer = await store.ask('check:copy-report', undefined);
  if (!answer.ok) store.toast({ tone: 'bad', text: answer.error.message, hint: answer.error.hint });
  return answer.ok;
}
