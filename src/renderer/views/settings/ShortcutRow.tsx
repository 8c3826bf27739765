import { type KeyboardEvent, useId, useState } from 'react';
import { t } from '../../../words/index.js';
import { Button, IconButton } from '../../components/Button.js';
import { FieldRow } from '../../components/Field.js';
import { CloseIcon } from '../../components/icons.js';
import { useAction } from '../../store/use-action.js';
import { useStore } from '../../store/use-store.js';
import { recordKey, showAccelerator } from './accelerator.js';

/** The key combination that opens Meshbar from anywhere: pressed to be recorded, or taken away. */
export function ShortcutRow({ shortcut }: { shortcut: string }) {
  const id = useId();
  const platform = useStore((state) => state.app?.platform ?? '');
  const problem = useStore((state) => state.app?.shortcutProblem);
  const { error, run } = useAction();
  const [isRecording, setRecording] = useState(false);
  /** What is held so far, or why it can't be. */
  const [said, setSaid] = useState<string>();
  const [refusal, setRefusal] = useState<string>();

  function end(): void {
    setRecording(false);
    setSaid(undefined);
    setRefusal(undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isRecording) return;
    // Tab alone leads away, as everywhere.
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      end();
      return;
    }
    const recorded = recordKey(event, platform);
    if (recorded.status === 'partial') setSaid(recorded.shown);
    else if (recorded.status === 'refused') setRefusal(recorded.reason);
    else {
      end();
      void run('settings:change', { shortcut: recorded.accelerator });
    }
  }

  const shown = shortcut === '' ? t('settings.shortcut.none') : showAccelerator(shortcut, platform);
  return (
    <FieldRow
      htmlFor={id}
      label={t('settings.shortcut.label')}
      hint={t(isRecording ? 'settings.shortcut.recording' : 'settings.shortcut.hint')}
      error={refusal ?? error?.message ?? (isRecording ? undefined : problem)}
    >
      <Button
        id={id}
        aria-describedby={`${id}-hint`}
        aria-label={isRecording ? t('settings.shortcut.pressNew') : t('settings.shortcut.change', { shortcut: shown })}
        onClick={() => setRecording(true)}
        onKeyDown={onKeyDown}
        onKeyUp={() => setSaid(undefined)}
        onBlur={end}
      >
        {isRecording ? (said ?? t('settings.shortcut.press')) : shown}
      </Button>
      {shortcut !== '' && !isRecording && (
        <IconButton label={t('settings.shortcut.remove')} onClick={() => void run('settings:change', { shortcut: '' })}>
          <CloseIcon />
        </IconButton>
      )}
    </FieldRow>
  );
}
