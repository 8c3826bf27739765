import { useState } from 'react';
import { type EnvPart, SHELLS, shellsFrom } from '../../../shared/env-block.js';
import { t } from '../../../words/index.js';
import { CopyButton } from '../../components/CopyButton.js';
import { ErrorText } from '../../components/ErrorText.js';
import { withCode } from '../../components/rich.js';
import { Section } from '../../components/Section.js';
import { Tabs } from '../../components/Tabs.js';
import { copyEnv } from '../../store/actions.js';
import { usePreview } from '../../store/use-preview.js';
import { useStore } from '../../store/use-store.js';
import { Code } from './Code.js';
import styles from './connect.module.css';
import { isShell } from './shell-words.js';

interface EnvSectionProps {
  readonly part?: EnvPart;
  /** Whose variables, where they are not those of most people. */
  readonly of?: string;
}

/** The variables of a part of the providers, for each shell; the person's own comes first. */
export function EnvSection({ part = 'usual', of }: EnvSectionProps) {
  const first = useStore((state) => state.app?.settings.defaultShell ?? 'sh');
  const [chosen, setChosen] = useState(first);
  const { value, error } = usePreview({ kind: 'env', shell: chosen, part });
  const shell = [of, t(`shell.${chosen}`)].filter((name) => name !== undefined).join(', ');
  return (
    <Section title={of === undefined ? t('app.connect.variables') : t('app.rare.variables', { provider: of })}>
      <Tabs
        label={t('app.connect.shell')}
        options={shellsFrom(SHELLS, first).map((one) => ({ value: one, label: t(`shell.${one}`) }))}
        value={chosen}
        onChange={setChosen}
      >
        <Code label={t('app.connect.variablesFor', { shell })} text={value?.masked} lines={chosen === 'json' ? 6 : 4} />
        <ErrorText error={error} />
        <div className={styles.below}>
          <p className={styles.hint}>{withCode(t(`app.connect.use.${chosen}`))}</p>
          <CopyButton
            kind="primary"
            text={t('app.action.copy')}
            label={t('app.connect.copyVariablesFor', { shell })}
            onCopy={() => copyEnv(chosen, part)}
          />
        </div>
        {isShell(chosen) && <p className={styles.hint}>{t('app.connect.desktopApps')}</p>}
      </Tabs>
    </Section>
  );
}
