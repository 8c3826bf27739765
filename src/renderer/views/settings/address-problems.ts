/** What can be told of an address before it is tried; main has the last word. Pure. */

/** Why the text is no port that the proxy can have. */
export function portProblem(text: string): string | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port < 1024 || port > 65_535 ? 'Give a port from 1024 to 65535.' : undefined;
}

export function hostProblem(text: string): string | undefined {
  return /^[A-Za-z0-9.:[\]-]{1,253}$/.test(text) ? undefined : 'Give an address such as 127.0.0.1.';
}

/** Whether only programs on this machine reach it. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Why nothing can be exported to that address; main knows of more, such as plain http beyond this machine. */
export function collectorProblem(text: string): string | undefined {
  if (text === '' || /^https?:\/\/[^\s/]+/.test(text)) return undefined;
  return 'Give an address such as http://localhost:4318.';
}
