import { portOwner } from '../../proxy/port-owner.js';
import type { Finding } from '../../shared/doctor.js';
import { shownHost } from '../../shared/proxy-url.js';
import { type Check, findingsOf } from '../check.js';
import type { Facts } from '../facts.js';
import { whyNoConnection, whyNoListening } from '../listening.js';
import { type PortProcess, processOfPort } from '../port-process.js';

const { ok, problem, warning } = findingsOf('port');

/** Who has the port: our proxy, another Meshbar, another program, or nobody. */
export const portCheck: Check = { name: 'port', subject: 'the port', run };

async function run(facts: Facts, signal: AbortSignal): Promise<Finding[]> {
  const { config, platform } = facts.context;
  const standing = await facts.proxy();
  if (standing.status === 'answers') {
    const { url, version, pid, startedAt } = standing.proxy;
    const details = [`Process ${pid}, since ${new Date(startedAt).toISOString()}`];
    return [ok('ours', { title: `Meshbar ${version} runs on ${url}.`, details })];
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

function free(port: number): Finding {
  return ok('free', {
    title: `Port ${port} is free; no proxy runs.`,
    remedy: { text: 'Start the proxy:', command: 'meshbar proxy' },
  });
}

function anotherMeshbar(port: number, version: string, holder: PortProcess | undefined): Finding {
  return warning('other_meshbar', {
    title: `Another Meshbar (${version}) has port ${port}${ofProcess(holder)}.`,
    meaning: 'It is a demo, or belongs to another user or another MESHBAR_HOME: its local key is not yours.',
    remedy: { text: 'Stop that one, or start yours on a free port:', command: 'meshbar proxy --port 0' },
  });
}

function anotherProgram(port: number, holder: PortProcess | undefined): Finding {
  const who = holder?.name ?? 'another program';
  return problem('taken', {
    title: `Port ${port} is taken by ${who}${ofProcess(holder)}.`,
    meaning: "Meshbar can't listen there, and tools that are set up for it reach that program instead.",
    remedy: { text: 'Stop that program, or start Meshbar on a free port:', command: 'meshbar proxy --port 0' },
    ...(holder ? {} : { details: ['The system does not say whose it is: it may be another user’s.'] }),
  });
}

function notToBeHad(host: string, port: number, code: string): Finding {
  const isTaken = code === 'EADDRINUSE';
  return problem(isTaken ? 'taken' : 'not_permitted', {
    title: `Meshbar can't listen on ${host}:${port} (${code}).`,
    meaning: isTaken
      ? 'A program has it and does not take connections.'
      : 'The system keeps this port or this address from you; nobody listens there.',
    remedy: { text: 'Choose another port:', command: 'meshbar proxy --port 0' },
  });
}

function ofProcess(holder: PortProcess | undefined): string {
  return holder ? ` (process ${holder.pid})` : '';
}

/** "[::1]" → "::1". */
function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
