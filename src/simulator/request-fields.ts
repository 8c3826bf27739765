import type { IncomingMessage } from 'node:http';

export function headerPlanOf(request: IncomingMessage): string {
  const value = request.headers['x-simulator'];
  return (Array.isArray(value) ? value.join(';') : value) ?? '';
}

export function projectIdOf(request: IncomingMessage): string {
  const value = request.headers['meshagent-project-id'];
  return typeof value === 'string' ? value : '';
}

const ANNOTATION = 'x-meshagent-annotation-';

/** Labels of the request's usage, by lower-case name. */
export function annotationsOf(request: IncomingMessage): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(ANNOTATION) && typeof value === 'string') out[name.slice(ANNOTATION.length)] = value;
  }
  return out;
}
