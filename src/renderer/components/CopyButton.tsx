import { useEffect, useState } from 'react';
import { Button, IconButton } from './Button.js';
import { CheckIcon, CopyIcon } from './icons.js';

interface CopyButtonProps {
  /** What is copied, as an action: "Copy the local key". */
  readonly label: string;
  /** Resolves with whether it was copied. */
  readonly onCopy: () => Promise<boolean>;
  /** Shown beside the icon; without it the icon stands alone. */
  readonly text?: string;
  readonly kind?: 'primary' | 'plain';
}

const COPIED_MS = 2000;

/** Copies in one press and says that it did, to the eye and to a screen reader. */
export function CopyButton({ label, onCopy, text, kind = 'plain' }: CopyButtonProps) {
  const [copied, setCopied] = useState(0);
  useEffect(() => {
    if (copied === 0) return;
    const timer = setTimeout(() => setCopied(0), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy(): Promise<void> {
    if (await onCopy()) setCopied((times) => times + 1);
  }

  const icon = copied > 0 ? <CheckIcon /> : <CopyIcon />;
  return (
    <>
      {text === undefined ? (
        <IconButton label={label} onClick={() => void copy()}>
          {icon}
        </IconButton>
      ) : (
        <Button kind={kind} aria-label={copied > 0 ? `Copied: ${label}` : label} onClick={() => void copy()}>
          {icon}
          {copied > 0 ? 'Copied' : text}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied > 0 ? 'Copied' : ''}
      </span>
    </>
  );
}
