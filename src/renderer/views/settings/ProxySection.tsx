import { useId, useState } from 'react';
import type { Settings } from '../../../shared/settings.js';
import { classNames } from '../../components/class-names.js';
import { Confirm } from '../../components/Dialog.js';
import { FieldRow } from '../../components/Field.js';
import { Section } from '../../components/Section.js';
import { Switch } from '../../components/Switch.js';
import { useAction } from '../../store/use-action.js';
import { hostProblem, isThisMachine, portProblem } from './address-problems.js';
import { Consequences } from './Consequences.js';
import { SwitchRow } from './SettingRows.js';
import styles from './settings.module.css';
import { TextRow } from './TextRow.js';

/** Where the proxy listens and whom it answers. */
export function ProxySection({ settings }: { settings: Settings }) {
  const { run } = useAction();
  const [told, setTold] = useState<readonly string[]>([]);
  /** A change that waits for a yes, and what is asked: whether keys may be off, or off for the whole network. */
  const [asked, setAsked] = useState<{ question: 'insecure' | 'exposure'; changes: Partial<Settings> }>();
  const [refusal, setRefusal] = useState<string>();

  /** Gives why it was refused; what only needs a yes is asked for instead. */
  async function change(changes: Partial<Settings>): Promise<string | undefined> {
    setTold([]);
    const answer = await run('settings:change', changes);
    if (answer.ok) {
      setTold(answer.value.consequences);
      return undefined;
    }
    if (answer.error.code === 'insecure_exposure') {
      setAsked({ question: 'exposure', changes: { ...changes, allowInsecureExposure: true } });
      return undefined;
    }
    return answer.error.message;
  }

  async function agree(): Promise<void> {
    const agreed = asked;
    setAsked(undefined);
    if (agreed) setRefusal(await change(agreed.changes));
  }

  const host = asked?.changes.host ?? settings.host;
  return (
    <Section title="Proxy">
      <Consequences told={told} onDismiss={() => setTold([])} />
      <TextRow
        label="Port"
        size={6}
        inputMode="numeric"
        value={String(settings.port)}
        problemOf={portProblem}
        onApply={(text) => change({ port: Number(text) })}
      />
      <TextRow
        label="Address to listen on"
        hint={isThisMachine(settings.host) ? undefined : 'Others on your network can reach the proxy.'}
        size={13}
        value={settings.host}
        problemOf={hostProblem}
        onApply={(text) => change({ host: text })}
      />
      <SwitchRow name="autostart" label="Start with Meshbar" />
      <LocalKeysRow
        settings={settings}
        refusal={refusal}
        onChange={(asksForKeys) => {
          setRefusal(undefined);
          if (asksForKeys) void change({ insecure: false, allowInsecureExposure: false }).then(setRefusal);
          else setAsked({ question: 'insecure', changes: { insecure: true } });
        }}
      />
      {asked?.question === 'insecure' && (
        <Confirm
          title="Turn local keys off?"
          action="Turn off"
          danger
          onConfirm={() => void agree()}
          onCancel={() => setAsked(undefined)}
        >
          Every program that reaches the proxy can then spend your money, without showing a key.
        </Confirm>
      )}
      {asked?.question === 'exposure' && (
        <Confirm
          title="Open it to your network?"
          action="Open to everyone"
          danger
          onConfirm={() => void agree()}
          onCancel={() => setAsked(undefined)}
        >
          With local keys off and the address {host}, everyone who reaches this machine can spend your money.
        </Confirm>
      )}
    </Section>
  );
}

interface LocalKeysRowProps {
  readonly settings: Settings;
  readonly refusal: string | undefined;
  readonly onChange: (asksForKeys: boolean) => void;
}

function LocalKeysRow({ settings, refusal, onChange }: LocalKeysRowProps) {
  const id = useId();
  const { insecure } = settings;
  return (
    <div className={classNames(styles.keys, insecure && styles.insecure)}>
      <FieldRow
        htmlFor={id}
        label="Ask for the local key"
        hint={
          insecure ? 'Insecure: whoever reaches the proxy spends your money.' : 'Only tools that show it are answered.'
        }
        error={refusal}
      >
        <Switch id={id} checked={!insecure} labelledBy={`${id}-label`} describedBy={`${id}-hint`} onChange={onChange} />
      </FieldRow>
    </div>
  );
}
