import { type AppStatus, remedyOf } from '../../shared/app-status.js';
import { untilText } from '../../words/format-budget.js';
import { t } from '../../words/index.js';
import { signIn } from '../store/actions.js';
import { useBusy } from '../store/use-busy.js';
import { store } from '../store/use-store.js';
import { Button } from './Button.js';

/** The way out of the state that the app is in: what to press, or nothing. */
export function Remedy({ status }: { status: AppStatus }) {
  const [isBusy, run] = useBusy();
  const { cause } = status;
  switch (remedyOf(status)) {
    case 'sign_in':
      return (
        <Button kind="primary" onClick={() => void signIn()}>
          {t(cause?.kind === 'session_ended' ? 'app.action.signInAgain' : 'app.action.signIn')}
        </Button>
      );
    case 'cancel_sign_in':
      return (
        <Button onClick={() => void store.attempt('session:cancel-sign-in', undefined)}>
          {t('app.action.cancel')}
        </Button>
      );
    case 'choose_project':
      return <Button onClick={() => store.show('settings')}>{t('app.action.chooseProject')}</Button>;
    case 'lift_budget': {
      if (cause?.kind !== 'budget_used_up') return null;
      const { budget } = cause;
      return (
        <Button disabled={isBusy} onClick={() => run(() => store.attempt('budgets:lift', { id: budget.id }))}>
          {t('budget.allowUntil', { until: untilText(budget) })}
        </Button>
      );
    }
    case 'show_requests':
      return <Button onClick={() => store.show('requests')}>{t('app.status.showRequests')}</Button>;
    case 'open_settings':
      return (
        <>
          <Button onClick={() => store.show('settings')}>{t('app.status.openSettings')}</Button>
          <Retry />
        </>
      );
    case 'start':
      return cause ? <Retry /> : <Start label="app.action.startProxy" />;
    case undefined:
      return null;
  }
}

function Retry() {
  return (
    <>
      <Start label="app.action.tryAgain" />
      <Button onClick={() => store.show('check')}>{t('app.action.check')}</Button>
    </>
  );
}

function Start({ label }: { label: 'app.action.tryAgain' | 'app.action.startProxy' }) {
  const [isBusy, run] = useBusy();
  return (
    <Button disabled={isBusy} onClick={() => run(() => store.attempt('proxy:start', undefined))}>
      {t(label)}
    </Button>
  );
}
