import { portOwner } from '../../proxy/port-owner.js';
import { shownHost } from '../../shared/proxy-url.js';
import type { Message } from '../../words/index.js';
import { say } from '../../words/say.js';
import { type Check, type Found, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import { whyNoConnection, whyNoListening } from '../listening.js';
import { type PortProcess, processOfPort } from '../port-process.js';

const { ok, problem, warning } = findingsOf('port');

/** Who has the port: our proxy, another Meshbar, another program, or nobody. */
export const portCheck: Check = { name: 'port', run };

async function run(facts: Facts, signal: AbortSignal): Promise<Found[]> {
  const { config, platform } = facts.context;
  const standing = await facts.proxy();
  if (standing.status === 'answers') {
    const { url, version, pid, startedAt } = standing.proxy;
    const since = new Date(startedAt).toISOString();
    const details = [say('doctor.port.process', { pid: String(pid), since })];
    return [ok('ours', { title: say('doctor.port.ours', { version, url }), details })];
  }
  const host = bareHost(shownHost(config.host));
  const { port } = config;
  // Port 0 takes a free one: there is always one.
  if (port === 0) return [];
  const refusal = await whyNoConnection(host, port, signal);
  if (refusal === undefined) {
    const [owner, holder] = await Promise.all([portOwner(host, port), processOfPort(port, platform)]);
    return [owner ? anotherMeshbar(port, owner.version, holder) : anotherProgram(port, holder)];
  }
  const fault = await whyNoListening(config.host, port);
  return [fault === undefined ? free(port) : notToBeHad(config.host, port, fault)];
}

function free(port: number): Found {
  return ok('free', {
    title: say('doctor.port.free', { port: String(port) }),
    remedy: { text: say('doctor.port.freeRemedy'), command: 'meshbar proxy' },
  });
}

function anotherMeshbar(port: number, version: string, holder: PortProcess | undefined): Found {
  return warning('other_meshbar', {
    title: holder
      ? say('doctor.port.otherMeshbarOf', { version, port: String(port), pid: String(holder.pid) })
      : say('doctor.port.otherMeshbar', { version, port: String(port) }),
    meaning: say('doctor.port.otherMeshbarMeaning'),
    remedy: { text: say('doctor.port.otherMeshbarRemedy'), command: 'meshbar proxy --port 0' },
  });
}

function anotherProgram(port: number, holder: PortProcess | undefined): Found {
  return problem('taken', {
    title: takenBy(String(port), holder),
    meaning: say('doctor.port.takenMeaning'),
    remedy: { text: say('doctor.port.takenRemedy'), command: 'meshbar proxy --port 0' },
    ...(holder ? {} : { details: [say('doctor.port.unknownHolder')] }),
  });
}

function notToBeHad(host: string, port: number, code: string): Found {
  const isTaken = code === 'EADDRINUSE';
  return problem(isTaken ? 'taken' : 'not_permitted', {
    title: say('doctor.port.notToBeHad', { address: `${host}:${port}`, code }),
    meaning: say(isTaken ? 'doctor.port.silentHolder' : 'doctor.port.notPermitted'),
    remedy: { text: say('doctor.port.notToBeHadRemedy'), command: 'meshbar proxy --port 0' },
  });
}

function takenBy(port: string, holder: PortProcess | undefined): Message {
  if (!holder) return say('doctor.port.taken', { port });
  const pid = String(holder.pid);
  if (holder.name === undefined) return say('doctor.port.takenByProcess', { port, pid });
  return say('doctor.port.takenBy', { port, name: holder.name, pid });
}

/** "[::1]" → "::1". */
function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
