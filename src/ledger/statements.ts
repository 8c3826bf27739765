import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { UsageQuery } from '../shared/usage.js';

export type SqlRow = Record<string, number | string | null>;

/** Statements by their text, prepared once. */
export interface Statements {
  all(sql: string, values: readonly SQLInputValue[]): SqlRow[];
  get(sql: string, values: readonly SQLInputValue[]): SqlRow | undefined;
}

const STATEMENTS_KEPT = 50;

export const NO_END = Number.MAX_SAFE_INTEGER;

export function createStatements(db: DatabaseSync): Statements {
  const statements = new Map<string, StatementSync>();

  function prepared(sql: string): StatementSync {
    let statement = statements.get(sql);
    if (!statement) {
      if (statements.size >= STATEMENTS_KEPT) statements.clear();
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  return {
    all: (sql, values) => prepared(sql).all(...values) as SqlRow[],
    get: (sql, values) => prepared(sql).get(...values) as SqlRow | undefined,
  };
}

/** The filters of a query as conditions that follow others, and their values. */
export function filterOf(query: UsageQuery): { sql: string; values: string[] } {
  const pairs: [string, string | undefined][] = [
    ['provider_name', query.providerName],
    ['model', query.model],
    ['tool', query.tool],
    ['project_id', query.projectId],
    ['key_id', query.keyId],
  ];
  const set = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { sql: set.map(([column]) => ` AND ${column} = ?`).join(''), values: set.map(([, value]) => value) };
}
