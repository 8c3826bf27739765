import type { ReactNode } from 'react';
import { type EnvPart, partOf } from '../../../shared/env-block.js';
import { baseUrlOf, PROVIDER_NAMES, PROVIDERS } from '../../../shared/providers.js';
import { t } from '../../../words/index.js';
import { CopyButton } from '../../components/CopyButton.js';
import { Section } from '../../components/Section.js';
import { copy, copyText } from '../../store/actions.js';
import { useAddress, usePreview } from '../../store/use-preview.js';
import { useStore } from '../../store/use-store.js';
import styles from './connect.module.css';

/** For tools that have fields of their own for an address and a key. */
export function AddressSection() {
  const address = useAddress();
  const key = usePreview({ kind: 'local-key' }).value?.masked;
  const insecure = useStore((state) => state.app?.settings.insecure ?? false);
  if (address === undefined) return null;
  return (
    <Section title={t('app.connect.addressAndKey')}>
      <dl className={styles.values}>
        <Value label={t('app.connect.address')} value={address}>
          <CopyButton label={t('app.connect.copyAddress')} onCopy={() => copy({ kind: 'address' })} />
        </Value>
        <BaseUrls part="usual" address={address} />
        <Value label={t('app.connect.localKey')} value={key}>
          <CopyButton label={t('app.connect.copyLocalKey')} onCopy={() => copy({ kind: 'local-key' })} />
        </Value>
      </dl>
      {insecure && <p className={styles.hint}>{t('app.connect.keysAreOff')}</p>}
    </Section>
  );
}

/** The base URL of each provider of a part. */
export function BaseUrls({ part, address }: { readonly part: EnvPart; readonly address: string }) {
  return PROVIDER_NAMES.filter((name) => partOf(name) === part).map((name) => {
    const { title } = PROVIDERS[name];
    const value = baseUrlOf(name, address);
    return (
      <Value key={name} label={t('app.connect.baseFor', { provider: title })} value={value}>
        <CopyButton label={t('app.connect.copyBaseFor', { provider: title })} onCopy={() => copyText(value)} />
      </Value>
    );
  });
}

interface ValueProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly children: ReactNode;
}

function Value({ label, value, children }: ValueProps) {
  return (
    <div className={styles.value}>
      <dt>{label}</dt>
      <dd className={styles.mono}>
        <span className="selectable" translate="no">
          {value}
        </span>
        {children}
      </dd>
    </div>
  );
}
