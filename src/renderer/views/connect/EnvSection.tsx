import { useState } from 'react';
import { SHELL_NAMES, SHELLS, shellsFrom } from '../../../shared/env-block.js';
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

/** The four variables, for each shell; the person's own stands first. */
export function EnvSection() {
  const first = useStore((state) => state.app?.settings.defaultShell ?? 'sh');
  const [chosen, setChosen] = useState(first);
  const { value, error } = usePreview({ kind: 'env', shell: chosen });
  return (
    <Section title="Environment variables">
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
            label={`Copy the variables for ${SHELL_NAMES[chosen]}`}
            onCopy={() => copyEnv(chosen)}
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
