import { type KeyboardEvent, useId, useState } from 'react';
import { t } from '../../../words/index.js';
import { Button } from '../../components/Button.js';
import { FieldRow, TextField } from '../../components/Field.js';

interface TextRowProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  /** Why this can't be had, in a sentence; undefined: it can, as far as can be told before it is tried. */
  readonly problemOf: (text: string) => string | undefined;
  /** Resolves with why it was refused. */
  readonly onApply: (text: string) => Promise<string | undefined>;
  /** Characters that the field shows. */
  readonly size?: number;
  readonly inputMode?: 'numeric';
  /** The field stands below its label, as wide as the row. */
  readonly stacked?: boolean;
}

/** A setting that is typed, and holds when Enter or Apply is pressed; Escape takes the old one back. */
export function TextRow({ label, hint, value, problemOf, onApply, size, inputMode, stacked }: TextRowProps) {
  const id = useId();
  /** undefined: nothing was typed. */
  const [draft, setDraft] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const text = draft ?? value;
  const isChanged = draft !== undefined && draft.trim() !== value;
  const problem = refusal ?? (isChanged ? problemOf(draft.trim()) : undefined);

  async function apply(): Promise<void> {
    if (!isChanged || problemOf(text.trim()) !== undefined) return;
    const refused = await onApply(text.trim());
    setRefusal(refused);
    if (refused === undefined) setDraft(undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') void apply();
    else if (event.key === 'Escape' && draft !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      setDraft(undefined);
      setRefusal(undefined);
    }
  }

  return (
    <FieldRow htmlFor={id} label={label} hint={hint} error={problem} stacked={stacked}>
      {isChanged && (
        <Button kind="primary" disabled={problem !== undefined} onClick={() => void apply()}>
          {t('app.action.apply')}
        </Button>
      )}
      <TextField
        id={id}
        mono
        size={size}
        inputMode={inputMode}
        value={text}
        invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setDraft(event.target.value);
          setRefusal(undefined);
        }}
        onBlur={() => {
          if (!isChanged) setDraft(undefined);
        }}
        onKeyDown={onKeyDown}
      />
    </FieldRow>
  );
}
