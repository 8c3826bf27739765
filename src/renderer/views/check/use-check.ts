import { useCallback, useEffect, useRef, useState } from 'react';
import { bySeverity, type Finding } from '../../../shared/doctor.js';
import type { ErrorInfo } from '../../../shared/errors.js';
import { bridge } from '../../bridge.js';
import { store } from '../../store/use-store.js';

export interface CheckRun {
  /** So far, worst first. */
  readonly findings: readonly Finding[];
  readonly isRunning: boolean;
  readonly error: ErrorInfo | undefined;
  again(): void;
}

const NOTHING_YET: Omit<CheckRun, 'again'> = { findings: [], isRunning: true, error: undefined };

/** Sets the check off, collects what it finds as it comes, and calls it off when the view is left. */
export function useCheck(): CheckRun {
  const [check, setCheck] = useState(NOTHING_YET);
  const turn = useRef(0);

  const again = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    setCheck(NOTHING_YET);
    const answer = await store.ask('check:run', undefined);
    if (mine !== turn.current) return;
    if (!answer.ok) setCheck((before) => ({ ...before, isRunning: false, error: answer.error }));
    else if (answer.value) setCheck({ findings: answer.value, isRunning: false, error: undefined });
  }, []);

  useEffect(() => {
    const end = bridge.on('push:finding', (finding) =>
      setCheck((before) =>
        before.isRunning ? { ...before, findings: [...before.findings, finding].sort(bySeverity) } : before,
      ),
    );
    void again();
    return () => {
      turn.current += 1;
      end();
      void store.ask('check:stop', undefined);
    };
  }, [again]);

  return { ...check, again: () => void again() };
}
