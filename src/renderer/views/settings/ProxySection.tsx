import { useId, useState } from 'react';
import type { Settings } from '../../../settings/app-settings.js';
import { t } from '../../../words/index.js';
import { classNames } from '../../components/class-names.js';
import { Confirm } from '../../components/Dialog.js';
import { FieldRow } from '../../components/Field.js';
import { Section } from '../../components/Section.js';
import { Switch } from '../../components/Switch.js';
import { useAction } from '../../store/use-action.js';
import { Consequences } from './Consequences.js';
import { SettingRow } from './SettingRow.js';
import { SettingRows } from './SettingRows.js';
import styles from './settings.module.css';
import { isThisMachine } from './this-machine.js';

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
    <Section title={t('app.settings.proxy')}>
      <Consequences told={told} onDismiss={() => setTold([])} />
      <SettingRows
        section="proxy"
        special={{
          port: <SettingRow name="port" change={change} />,
          host: (
            <SettingRow
              name="host"
              hint={isThisMachine(settings.host) ? undefined : t('settings.host.others')}
              change={change}
            />
          ),
          insecure: (
            <LocalKeysRow
              settings={settings}
              refusal={refusal}
              onChange={(asksForKeys) => {
                setRefusal(undefined);
                if (asksForKeys) void change({ insecure: false, allowInsecureExposure: false }).then(setRefusal);
                else setAsked({ question: 'insecure', changes: { insecure: true } });
              }}
            />
          ),
        }}
      />
      {asked?.question === 'insecure' && (
        <Confirm
          title={t('settings.insecure.question')}
          action={t('settings.insecure.questionYes')}
          danger
          onConfirm={() => void agree()}
          onCancel={() => setAsked(undefined)}
        >
          {t('settings.insecure.questionText')}
        </Confirm>
      )}
      {asked?.question === 'exposure' && (
        <Confirm
          title={t('settings.allowInsecureExposure.question')}
          action={t('settings.allowInsecureExposure.questionYes')}
          danger
          onConfirm={() => void agree()}
          onCancel={() => setAsked(undefined)}
        >
          {t('settings.allowInsecureExposure.questionText', { host })}
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
        label={t('settings.insecure.label')}
        hint={t(insecure ? 'settings.insecure.on' : 'settings.insecure.off')}
        error={refusal}
      >
        <Switch id={id} checked={!insecure} labelledBy={`${id}-label`} describedBy={`${id}-hint`} onChange={onChange} />
      </FieldRow>
    </div>
  );
}
