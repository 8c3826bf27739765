import { t } from './index.js';

/** What is said of the first request of a tool that was just connected, and what to check when none came. */

export function firstRequestText({
  tool,
  model,
}: {
  readonly tool: string;
  readonly model: string | undefined;
}): string {
  return model === undefined ? t('first-request.seen', { tool }) : t('first-request.seenOfModel', { tool, model });
}

/** A sentence or two each. */
export function checksOfTool(tool: string): readonly string[] {
  return [
    t('first-request.check.restart', { tool }),
    t('first-request.check.override'),
    t('first-request.check.proxy'),
  ];
}

/** The same for a terminal, a line each. */
export function whatToCheck(tool: string): readonly string[] {
  return [t('first-request.missing', { tool }), ...checksOfTool(tool).map((check) => `- ${check}`)];
}
