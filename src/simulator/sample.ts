import { z } from 'zod';

const SCHEMA = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  minimum: z.number().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  definitions: z.record(z.string(), z.unknown()).optional(),
});

const MAX_DEPTH = 12;

/** A small value that a JSON schema allows: required properties only, first choices, "example" for texts. */
export function sampleOf(schema: unknown): unknown {
  const root = SCHEMA.safeParse(schema).data;
  const definitions = { ...root?.definitions, ...root?.$defs };
  const make = (value: unknown, depth: number): unknown => {
    const parsed = SCHEMA.safeParse(value);
    if (!parsed.success || depth > MAX_DEPTH) return null;
    const node = parsed.data;
    if ('const' in node) return node.const;
    if (node.enum && node.enum.length > 0) return node.enum[0];
    if (node.$ref) return make(definitions[node.$ref.slice(node.$ref.lastIndexOf('/') + 1)], depth + 1);
    const choice = node.anyOf?.[0] ?? node.oneOf?.[0];
    if (choice !== undefined) return make(choice, depth + 1);
    const type = Array.isArray(node.type) ? node.type[0] : node.type;
    if (type === 'object' || node.properties) {
      const required = node.required ?? [];
      return Object.fromEntries(required.map((key) => [key, make(node.properties?.[key], depth + 1)]));
    }
    if (type === 'array') return node.minItems ? [make(node.items, depth + 1)] : [];
    if (type === 'integer' || type === 'number') return node.minimum ?? 1;
    if (type === 'boolean') return true;
    return type === 'null' ? null : 'example';
  };
  return make(schema, 0);
}
