import type { ReactNode } from 'react';
import { type EnvPart, partOf } from '../../../shared/env-block.js';
import { baseUrlOf, PROVIDER_NAMES, PROVIDERS } from '../../../shared/providers.js';
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
    <Section title="Address and key">
      <dl className={styles.values}>
        <Value label="Address" value={address}>
          <CopyButton label="Copy the address" onCopy={() => copy({ kind: 'address' })} />
        </Value>
        <BaseUrls part="usual" address={address} />
        <Value label="Local key" value={key}>
          <CopyButton label="Copy the local key" onCopy={() => copy({ kind: 'local-key' })} />
        </Value>
      </dl>
      {insecure && <p className={styles.hint}>Local keys are off: any key will do, but most tools want one.</p>}
    </Section>
  );
}

/** The base URL of each provider of a part. */
export function BaseUrls({ part, address }: { readonly part: EnvPart; readonly address: string }) {
  return PROVIDER_NAMES.filter((name) => partOf(name) === part).map((name) => {
    const { title } = PROVIDERS[name];
    const value = baseUrlOf(name, address);
    return (
      <Value key={name} label={`For ${title}`} value={value}>
        <CopyButton label={`Copy the ${title} base URL`} onCopy={() => copyText(value)} />
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
        <span className="selectable">{value}</span>
        {children}
      </dd>
    </div>
  );
}
