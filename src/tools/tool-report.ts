import type { ToolReport } from '../shared/tools.js';
import { errorText, type Terms, textOf } from '../words/index.js';
import type { Step } from './adapter.js';
import type { InspectedTool } from './tool-state.js';

/** A tool in the words of a shell. */
export function toolReport({ state, remarks, ...tool }: InspectedTool, terms: Terms): ToolReport {
  return {
    ...tool,
    state: state.status === 'unreadable' ? { ...state, reason: errorText(state.reason, terms).message } : state,
    remarks: remarks.map((remark) => textOf(remark, terms)),
  };
}

export function stepTexts(steps: readonly Step[], terms: Terms): string[] {
  return steps.map((step) => (typeof step === 'string' ? step : textOf(step, terms)));
}
