import { useState } from 'react';
import { t } from '../../../words/index.js';
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

/** What is wrong on this computer, what it means and what to do; what is fine comes last, folded. */
export function CheckView() {
  const { findings, isRunning, error, again } = useCheck();
  const isDemo = useStore((state) => state.app?.demo ?? false);
  const [isOpen, setOpen] = useState(false);
  const told = findings.filter(({ status }) => status !== 'ok');
  const good = findings.filter(({ status }) => status === 'ok');
  return (
    <div className={page.page}>
      <ViewTitle
        title={t('app.check.title')}
        aside={
          <Button disabled={isRunning} onClick={again}>
            {t('app.check.again')}
          </Button>
        }
      />
      <div className={styles.head}>
        <p role="status" className={styles.summary}>
          {isRunning ? t('app.check.running') : summaryOf(findings)}
        </p>
        {!isRunning && findings.length > 0 && (
          <CopyButton text={t('app.check.copyReport')} label={t('app.check.copyReportLabel')} onCopy={copyReport} />
        )}
      </div>
      {isDemo && <p className={styles.hint}>{t('app.check.demo')}</p>}
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
            {t('app.check.good', { count: good.length })}
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
      {!isRunning && findings.length > 0 && <p className={styles.hint}>{t('app.check.reportHint')}</p>}
    </div>
  );
}

async function copyReport(): Promise<boolean> {
  const answer = await store.ask('check:copy-report', undefined);
  if (!answer.ok) store.toastFailure('check:copy-report', answer.error);
  return answer.ok;
}
