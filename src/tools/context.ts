import { MeshbarError } from '../shared/errors.js';
import type { FileTool, Surroundings } from './adapter.js';
import { type ConfigFile, readConfigFile } from './files/config-file.js';
import type { Receipt, Receipts } from './files/receipts.js';
import { ConfigSyntaxError, type SyntaxFault } from './formats/config-format.js';
import { isMapping } from './formats/values.js';

export interface ConnectContext extends Surroundings {
  readonly receipts: Receipts;
}

/** A tool's file with what it says and what Meshbar did to it. */
export interface LookedAt {
  readonly now: ConfigFile;
  readonly config: unknown;
  readonly receipt: Receipt | undefined;
}

/** Rejects with MeshbarError for a file that can't be read or makes no sense: it is then left alone. */
export async function lookAt(tool: FileTool, context: ConnectContext, file = tool.file(context)): Promise<LookedAt> {
  const now = await readConfigFile(file);
  // Where a link stands now, a file may have stood when it was written.
  const receipt = (await context.receipts.of(tool.id, now.file)) ?? (await context.receipts.of(tool.id, file));
  const config = withSyntaxErrors(now.file, tool, () => tool.format.parse(now.text));
  if (config !== undefined && !isMapping(config)) throw invalid(now.file, tool, 1, { why: 'no_mapping' });
  return { now, config, receipt };
}

/** Does the work, and makes of a syntax error one that names file and line. */
export function withSyntaxErrors<T>(file: string, { format }: FileTool, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigSyntaxError) throw invalid(file, { format }, error.line, error.fault);
    throw error;
  }
}

export function invalid(
  file: string,
  { format }: Pick<FileTool, 'format'>,
  line: number,
  data: SyntaxFault,
): MeshbarError {
  const fault = { code: 'syntax_fault', data } as const;
  return new MeshbarError('tool_file_invalid', { file, line: String(line), format: format.name, fault });
}
