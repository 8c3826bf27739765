import { t } from '../../words/index.js';
import { Button, IconButton } from './Button.js';
import { CheckIcon, CopyIcon } from './icons.js';
import { useCopied } from './use-copied.js';

interface CopyButtonProps {
  /** What is copied, as an action: "Copy the local key". */
  readonly label: string;
  /** Resolves with whether it was copied. */
  readonly onCopy: () => Promise<boolean>;
  /** Shown beside the icon; without it the icon stands alone. */
  readonly text?: string;
  readonly kind?: 'primary' | 'plain';
}

/** Copies in one press and says that it did, to the eye and to a screen reader. */
export function CopyButton({ label, onCopy, text, kind = 'plain' }: CopyButtonProps) {
  const [copied, run] = useCopied();
  const copy = () => run(onCopy);
  const icon = copied ? <CheckIcon /> : <CopyIcon />;
  return (
    <>
      {text === undefined ? (
        <IconButton label={label} onClick={copy}>
          {icon}
        </IconButton>
      ) : (
        <Button kind={kind} aria-label={copied ? t('app.action.copiedWhat', { what: label }) : label} onClick={copy}>
          {icon}
          {copied ? t('app.action.copied') : text}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied && t('app.action.copied')}
      </span>
    </>
  );
}
