import type { Socket } from 'node:net';
import type { ServiceControl } from './control-api.js';
import { newProject } from './projects.js';
import { type SimulatedService, simulatedProjectOf } from './service.js';

const WAIT_MS = 5000;

/** The controls of one service. `sockets` are its open connections. */
export function createControl(service: SimulatedService, sockets: ReadonlySet<Socket>): ServiceControl {
  const { journal, billing, sessions } = service;
  return {
    requests: journal.requests,
    violations: journal.violations,
    billed: billing.exchanges,
    user: service.user,
    projects: service.projects,
    get openSockets() {
      return sockets.size;
    },
    get refreshes() {
      return sessions.refreshes;
    },
    issueSession: (options = {}) => sessions.issue(options.expiresIn, options.scope),
    expireAccessTokens: () => sessions.expireAccessTokens(),
    revoke: () => sessions.revoke(),
    setAccessTokenSeconds(seconds) {
      sessions.accessTokenSeconds = seconds;
    },
    setRotation(rotate) {
      sessions.rotate = rotate;
    },
    failTokenEndpoint(times, how) {
      service.tokenFailures.length = 0;
      for (let i = 0; i < times; i++) service.tokenFailures.push(how);
    },
    delayTokenEndpoint(ms) {
      service.tokenDelayMs = ms;
    },
    failAuthorize(error) {
      service.authorizeError = error;
    },
    setProfileReadable(readable) {
      service.profileReadable = readable;
    },
    setProject({ id, ...changes }) {
      let project = simulatedProjectOf(service, id);
      if (!project) {
        project = newProject(id, id);
        service.projects.push(project);
      }
      Object.assign(project, changes);
    },
    setClockOffset(ms) {
      service.clock.offsetMs = ms;
    },
    forbid: (secret) => service.forbidden.add(secret),
    dropConnections(how) {
      for (const socket of sockets) {
        if (how === 'reset') socket.resetAndDestroy();
        else socket.destroy();
      }
    },
    waitForRequest: (predicate, timeoutMs = WAIT_MS) => journal.waitFor(predicate, timeoutMs),
    reset() {
      journal.reset();
      billing.reset();
      sessions.reset();
      service.promptCache.reset();
      service.conversations.clear();
      service.batches.clear();
    },
    state() {
      const { requests, violations, billed, openSockets, refreshes, user, projects } = this;
      return { requests, violations, billed, openSockets, refreshes, user, projects };
    },
  };
}
