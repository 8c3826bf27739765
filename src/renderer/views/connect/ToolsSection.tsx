import { useState } from 'react';
import type { ToolReport } from '../../../shared/tools.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons.js';
import { Section } from '../../components/Section.js';
import { useAnswer } from '../../store/use-answer.js';
import { useStore } from '../../store/use-store.js';
import connect from './connect.module.css';
import { ToolRow } from './ToolRow.js';
import styles from './tools.module.css';

/** Tools whose own settings Meshbar can write, and those it knows how to set up: first those on this machine. */
export function ToolsSection() {
  const isDemo = useStore((state) => state.app?.demo ?? false);
  const proxy = useStore((state) => state.app?.proxy);
  // Another address makes every tool that is connected one that leads elsewhere.
  const place = proxy?.status === 'running' ? proxy.url : proxy?.status;
  return (
    <Section title="Tools on this machine">
      {isDemo ? (
        <p className={connect.hint}>
          The demo changes no tool’s settings. Sign in to connect your tools, or run{' '}
          <code className="selectable">meshbar connect claude-code --demo</code> in a terminal: that gives the settings
          back when you end it.
        </p>
      ) : (
        <Tools key={place} />
      )}
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
      {here.length === 0 && <p className={connect.hint}>Of the tools that Meshbar knows, none was found here.</p>}
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
  return (
    <div className={styles.others}>
      <button type="button" className={connect.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
        <span className={connect.title}>Not found here</span>
        <span className={connect.place}>{tools.map(({ title }) => title).join(', ')}</span>
      </button>
      {isOpen && <ToolList tools={tools} onChanged={onChanged} />}
    </div>
  );
}
