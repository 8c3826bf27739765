import { UnreachableError } from '../net/service-call.js';
import { MeshbarError, toMeshbarError } from '../shared/errors.js';
import { readProfile, TokenNotAcceptedError } from './account-call.js';
import { AuthorizationDeniedError, createAuthorization, StateMismatchError } from './authorization.js';
import { openBrowser } from './browser.js';
import { failedPage, signedInPage } from './callback-page.js';
import { type Callback, listenForCallback } from './callback-server.js';
import { type TokenAnswer, TokenRefusedError, TokenUnavailableError } from './oauth.js';
import type { SignedIn, SignInOptions } from './session.js';
import { LOCAL_USER } from './settings.js';
import type { ProfileFields } from './settings-edits.js';

export interface SignInContext extends SignInOptions {
  readonly baseUrl: string;
  readonly env: NodeJS.ProcessEnv;
  /** Files the session under its profile, or as one whose owner is not known. */
  store(answer: TokenAnswer, profile: ProfileFields | undefined): Promise<void>;
}

const TIMEOUT_MS = 5 * 60_000;

/**
 * Signs in by way of the user's browser. Rejects with MeshbarError: each way to fail has its own code. However it ends,
 * the port is free by then.
 */
export async function runSignIn(context: SignInContext): Promise<SignedIn> {
  const server = await listenForCallback();
  const deadline = createDeadline(context.signal, context.timeoutMs ?? TIMEOUT_MS);
  let callback: Callback | undefined;
  let over = false;
  try {
    const authorization = await createAuthorization(context.baseUrl, context.env);
    context.onUrl?.(authorization.url);
    if (context.openBrowser !== false) void offerBrowser(authorization.url, context, () => over);
    callback = await deadline.guard(server.callback);
    const answer = await authorization.trade(callback.parameters, deadline.signal);
    const { profile, problem } = await readProfileOrSayWhy(context.baseUrl, answer.accessToken, deadline.signal);
    await context.store(answer, profile);
    const user = {
      id: profile?.id ?? LOCAL_USER,
      email: profile?.email,
      name: [profile?.first_name, profile?.last_name].filter(Boolean).join(' ') || undefined,
    };
    await callback.answer(200, signedInPage(user.email));
    return { user, problem };
  } catch (error) {
    const failure = deadline.reason() ?? failureOf(error);
    await callback?.answer(400, failedPage(failure));
    throw failure;
  } finally {
    over = true;
    deadline.clear();
    await server.close();
  }
}

async function offerBrowser(url: string, { env, onProblem }: SignInContext, isOver: () => boolean): Promise<void> {
  if ((await openBrowser(url, env)) || isOver()) return;
  onProblem?.(new MeshbarError('sign_in_browser'));
}

/** Whose session it is can be found out later; that it works is what counts now. */
async function readProfileOrSayWhy(baseUrl: string, accessToken: string, signal: AbortSignal) {
  try {
    return { profile: await readProfile({ baseUrl, upstreamToken: accessToken }, signal), problem: undefined };
  } catch (error) {
    signal.throwIfAborted();
    const { facts: problem } =
      error instanceof TokenNotAcceptedError
        ? new MeshbarError('account_unavailable', { why: 'token_refused' })
        : toMeshbarError(error);
    return { profile: undefined, problem: new MeshbarError('sign_in_profile', { problem }) };
  }
}

function failureOf(error: unknown): MeshbarError {
  if (error instanceof MeshbarError) return error;
  if (error instanceof StateMismatchError) {
    return new MeshbarError('sign_in_state_mismatch');
  }
  if (error instanceof AuthorizationDeniedError) {
    const { message: reason } = error;
    return new MeshbarError(
      'sign_in_denied',
      reason === 'access_denied' ? { why: 'declined' } : { why: 'refused', reason },
    );
  }
  if (error instanceof TokenRefusedError) {
    return new MeshbarError('sign_in_token_refused', { reason: error.message });
  }
  if (error instanceof TokenUnavailableError || error instanceof UnreachableError) {
    return new MeshbarError('sign_in_network', { problem: error.facts });
  }
  return new MeshbarError('internal', { why: 'sign_in' }, { cause: error });
}

/** Ends the waiting after a time or when the caller cancels, whichever is first. */
function createDeadline(cancelled: AbortSignal | undefined, timeoutMs: number) {
  const controller = new AbortController();
  const onCancel = () => controller.abort(new MeshbarError('sign_in_cancelled'));
  const timer = setTimeout(() => {
    const minutes = Math.max(1, Math.round(timeoutMs / 60_000));
    controller.abort(new MeshbarError('sign_in_timeout', { minutes }));
  }, timeoutMs);
  cancelled?.addEventListener('abort', onCancel);
  if (cancelled?.aborted) onCancel();
  const { signal } = controller;
  return {
    signal,
    reason: () => (signal.aborted ? (signal.reason as MeshbarError) : undefined),
    guard<T>(promise: Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort);
        if (signal.aborted) onAbort();
        promise.then(resolve, reject);
      });
    },
    clear() {
      clearTimeout(timer);
      cancelled?.removeEventListener('abort', onCancel);
    },
  };
}
