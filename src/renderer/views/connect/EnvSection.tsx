import { useState } from 'react';
import { type EnvPart, SHELL_NAMES, SHELLS, shellsFrom } from '../../../shared/env-block.js';
import { t } from '../../../words/index.js';
import { CopyButton } from '../../components/CopyButton.js';
import { ErrorText } from '../../components/ErrorText.js';
import { Section } from '../../components/Section.js';
import { Tabs } from '../../components/Tabs.js';
import { copyEnv } from '../../store/actions.js';
import { usePreview } from '../../store/use-preview.js';
import { useStore } from '../../store/use-store.js';
import { Code } from './Code.js';
import styles from './connect.module.css';
import { isShell, USE_OF } from './shell-words.js';

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
  return (
    <Section title={of === undefined ? 'Environment variables' : t('app.rare.variables', { provider: of })}>
      <Tabs
        label="Shell"
        options={shellsFrom(SHELLS, first).map((shell) => ({ value: shell, label: SHELL_NAMES[shell] }))}
        value={chosen}
        onChange={setChosen}
      >
        <Code label={`Variables for ${SHELL_NAMES[chosen]}`} text={value?.masked} lines={chosen === 'json' ? 6 : 4} />
        <ErrorText error={error} />
        <div className={styles.below}>
          <p className={styles.hint}>{USE_OF[chosen]}</p>
          <CopyButton
            kind="primary"
            text="Copy"
            label={`Copy the variables for ${[of, SHELL_NAMES[chosen]].filter((name) => name).join(', ')}`}
            onCopy={() => copyEnv(chosen, part)}
          />
        </div>
        {isShell(chosen) && (
          <p className={styles.hint}>
            An app started from the desktop, such as an editor, does not have a shell’s variables: give it the address
            and key, or a snippet.
          </p>
        )}
      </Tabs>
    </Section>
  );
}
