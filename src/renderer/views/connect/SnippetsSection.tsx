import { useState } from 'react';
import { baseUrlsOf } from '../../../shared/providers.js';
import { SNIPPETS, type SnippetId, snippetOf } from '../../../shared/snippets.js';
import { t } from '../../../words/index.js';
import { CopyButton } from '../../components/CopyButton.js';
import { ErrorText } from '../../components/ErrorText.js';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons.js';
import { withCode } from '../../components/rich.js';
import { Section } from '../../components/Section.js';
import { copy } from '../../store/actions.js';
import { useAddress, usePreview } from '../../store/use-preview.js';
import { Code } from './Code.js';
import styles from './connect.module.css';

/** What a person reads about a snippet has no key in it. */
const NO_KEY = '…';

/** Snippets for tools; one at a time is open, and copying opens it, because the caveat is there. */
export function SnippetsSection() {
  const address = useAddress();
  const [openId, setOpenId] = useState<SnippetId>();
  if (address === undefined) return null;
  return (
    <Section title={t('app.connect.snippets')}>
      <ul className={styles.snippets}>
        {SNIPPETS.map((id) => (
          <SnippetRow
            key={id}
            id={id}
            address={address}
            isOpen={id === openId}
            onToggle={(open) => setOpenId(open ? id : undefined)}
          />
        ))}
      </ul>
    </Section>
  );
}

interface SnippetRowProps {
  readonly id: SnippetId;
  readonly address: string;
  readonly isOpen: boolean;
  readonly onToggle: (open: boolean) => void;
}

function SnippetRow({ id, address, isOpen, onToggle }: SnippetRowProps) {
  const { title, kind } = snippetOf(id, address, NO_KEY);
  const place = t(`snippet.place.${kind}`);

  async function copySnippet(): Promise<boolean> {
    const copied = await copy({ kind: 'snippet', snippet: id });
    if (copied) onToggle(true);
    return copied;
  }

  return (
    <li className={styles.snippet}>
      <div className={styles.head}>
        <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => onToggle(!isOpen)}>
          {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
          <span className={styles.title} translate="no">
            {title}
          </span>
          <span className={styles.place} title={place.replaceAll('`', '')}>
            {withCode(place)}
          </span>
        </button>
        <CopyButton label={t('app.connect.copyFor', { title })} onCopy={copySnippet} />
      </div>
      {isOpen && (
        <div className={styles.opened}>
          <p className={styles.hint}>{withCode(t(`snippet.caveat.${kind}`, baseUrlsOf(address)))}</p>
          <SnippetText id={id} title={title} />
        </div>
      )}
    </li>
  );
}

function SnippetText({ id, title }: { id: SnippetId; title: string }) {
  const { value, error } = usePreview({ kind: 'snippet', snippet: id });
  return (
    <>
      <Code label={title} text={value?.masked} lines={5} />
      <ErrorText error={error} />
    </>
  );
}
