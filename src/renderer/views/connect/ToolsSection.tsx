import { useState } from 'react';
import type { ToolReport } from '../../../shared/tools.js';
import { t } from '../../../words/index.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons.js';
import { code, rich } from '../../components/rich.js';
import { Section } from '../../components/Section.js';
import { useAnswer } from '../../store/use-answer.js';
import { useStore } from '../../store/use-store.js';
import connect from './connect.module.css';
import { ToolRow } from './ToolRow.js';
import styles from './tools.module.css';

/** Tools whose settings Meshbar can write, and those it knows how to set up: first those on this computer. */
export function ToolsSection() {
  const isDemo = useStore((state) => state.app?.demo ?? false);
  const proxy = useStore((state) => state.app?.proxy);
  // With another address, every tool that was connected sends elsewhere.
  const place = proxy?.status === 'running' ? proxy.url : proxy?.status;
  return (
    <Section title={t('app.connect.tools')}>
      {isDemo ? <p className={connect.hint}>{rich('app.connect.demo', { code })}</p> : <Tools key={place} />}
    </Section>
  );
}

function Tools() {
  const { value: tools, error, reload } = useAnswer('tools:list', undefined, { live: true, leastMs: 5000 });
  if (!tools) return <ErrorText error={error} />;
  const here = tools.filter(({ found, isOurs }) => found || isOurs);
  const others = tools.filter((tool) => !here.includes(tool));
  return (
    <>
      {here.length === 0 && <p className={connect.hint}>{t('app.connect.noTools')}</p>}
      <ToolList tools={here} onChanged={reload} />
      {others.length > 0 && <Others tools={others} onChanged={reload} />}
    </>
  );
}

interface ToolListProps {
  readonly tools: readonly ToolReport[];
  readonly onChanged: () => void;
}

function ToolList({ tools, onChanged }: ToolListProps) {
  if (tools.length === 0) return null;
  return (
    <ul className={styles.tools}>
      {tools.map((tool) => (
        <ToolRow key={tool.id} tool={tool} onChanged={onChanged} />
      ))}
    </ul>
  );
}

function Others({ tools, onChanged }: ToolListProps) {
  const [isOpen, setOpen] = useState(false);
  const names = tools.map(({ title }) => title).join(', ');
  return (
    <div className={styles.others}>
      <button type="button" className={connect.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
        <span className={connect.title}>{t('app.connect.notFound')}</span>
        <span className={connect.place} translate="no" title={names}>
          {names}
        </span>
      </button>
      {isOpen && <ToolList tools={tools} onChanged={onChanged} />}
    </div>
  );
}
