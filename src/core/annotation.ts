/** MeshAgent keeps what such fields say with the usage it bills. */
const TOOL_FIELD = 'X-Meshagent-Annotation-Meshbar-Tool';
const MAX_LENGTH = 60;

/**
 * The field that names the calling tool to MeshAgent, flat; empty for a name of which nothing is left. Names come from
 * user agents: only printable ASCII passes, since anything else is read differently by different servers.
 */
export function toolAnnotation(tool: string): readonly string[] {
  const value = tool
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, MAX_LENGTH)
    .trimEnd();
  return value === '' ? [] : [TOOL_FIELD, value];
}
