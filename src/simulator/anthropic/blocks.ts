/** One content block of an answer, with the pieces a stream gives it in. */
export type Block =
  | { readonly type: 'text'; readonly pieces: () => Iterable<string> }
  | { readonly type: 'thinking'; readonly pieces: () => Iterable<string> }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: object };

export const SIGNATURE = Buffer.from('simulated signature').toString('base64');

/** The block as a whole answer has it. */
export function wholeBlock(block: Block): object {
  if (block.type === 'text') return { type: 'text', text: [...block.pieces()].join(''), citations: null };
  if (block.type === 'tool_use') return { ...block, caller: { type: 'direct' } };
  return { type: 'thinking', thinking: [...block.pieces()].join(''), signature: SIGNATURE };
}
