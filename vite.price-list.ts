import { ALL_PROVIDERS } from './src/providers/registry.ts';

const OUR_IDS = ALL_PROVIDERS.map(({ priceListId }) => priceListId);

const MODULE = /[\\/]@pydantic[\\/]genai-prices[\\/]dist[\\/]index\.js$/;

/** What is read of a syntax tree (https://github.com/estree/estree). */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * Bundles the price list with the providers Meshbar speaks to and no others: the whole of it is 800 kB of source, which
 * costs a process that stays up all day more than 10 MiB. The build fails if the package no longer looks as expected.
 */
export function priceListOfOurProviders() {
  return {
    name: 'price-list-of-our-providers',
    transform(this: { parse(code: string): unknown; error(message: string): never }, code: string, id: string) {
      if (!MODULE.test(id)) return undefined;
      const list = findProviderList(this.parse(code) as Node);
      if (!list) return this.error('The list of providers was not found in @pydantic/genai-prices.');
      const wanted = list.filter(({ id }) => OUR_IDS.includes(id));
      if (wanted.length !== OUR_IDS.length) {
        return this.error(`@pydantic/genai-prices lacks one of ${OUR_IDS.join(', ')}.`);
      }
      const kept = wanted.map(({ node }) => code.slice(node.start, node.end)).join(',\n');
      const first = list[0]?.node.start as number;
      const last = list[list.length - 1]?.node.end as number;
      return { code: code.slice(0, first) + kept + code.slice(last), map: null };
    },
  };
}

/** The elements of the one array whose members all have an `id` and `models`. */
function findProviderList(program: Node): { id: string; node: Node }[] | undefined {
  for (const statement of program.body as Node[]) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { init } of statement.declarations as { init: Node | null }[]) {
      if (init?.type !== 'ArrayExpression') continue;
      const elements = (init.elements as Node[]).map((node) => ({ node, id: providerId(node) }));
      const named = elements.filter((element): element is { node: Node; id: string } => element.id !== undefined);
      if (named.length > 1 && named.length === elements.length) return named;
    }
  }
  return undefined;
}

function providerId(node: Node): string | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  const entries = (node.properties as { key?: { name?: string }; value?: { value?: unknown } }[]).map(
    ({ key, value }) => [key?.name, value?.value] as const,
  );
  const id = entries.find(([name]) => name === 'id')?.[1];
  return typeof id === 'string' && entries.some(([name]) => name === 'models') ? id : undefined;
}
