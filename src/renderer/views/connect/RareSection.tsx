import { useState } from 'react';
import { partOf } from '../../../shared/env-block.js';
import { PROVIDER_NAMES, PROVIDERS } from '../../../shared/providers.js';
import { formatList } from '../../../words/format.js';
import { t } from '../../../words/index.js';
import { ChevronDownIcon, ChevronRightIcon } from '../../components/icons.js';
import { Section } from '../../components/Section.js';
import { useAddress } from '../../store/use-preview.js';
import { BaseUrls } from './AddressSection.js';
import styles from './connect.module.css';
import { EnvSection } from './EnvSection.js';

const RARE = PROVIDER_NAMES.filter((name) => partOf(name) === 'rare').map((name) => PROVIDERS[name]);

/** Providers that most people use nothing of: in one line, until somebody asks for them. */
export function RareSection() {
  const [isOpen, setOpen] = useState(false);
  const address = useAddress();
  const titles = formatList(RARE.map(({ title }) => title));
  if (address === undefined) return null;
  return (
    <Section title={t('app.rare.title')}>
      <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
        <span className={styles.title} translate="no">
          {titles}
        </span>
        <span className={styles.place} translate="no">
          {RARE.flatMap(({ variables }) => variables.map((pair) => pair.address)).join(', ')}
        </span>
      </button>
      {isOpen && (
        <>
          <dl className={styles.values}>
            <BaseUrls part="rare" address={address} />
          </dl>
          {RARE.filter(({ hasNoChat }) => hasNoChat).map(({ title }) => (
            <p key={title} className={styles.hint}>
              {t('app.rare.noChat', { provider: title })}
            </p>
          ))}
          <EnvSection part="rare" of={titles} />
        </>
      )}
    </Section>
  );
}
