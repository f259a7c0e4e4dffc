import { type SqlBool, sql } from 'kysely';
import { now } from '../base/calendar.ts';

/**
 * Whether the person whose id stands in the column is neither suspended nor banned; nobody is free, too. Nothing
 * happens at the moment when a suspension ends: whoever tells people of papers asks at each look.
 */
export function isFree(column: string) {
  return sql<SqlBool>`not exists (
    select 1 from people as barred where barred.id = ${sql.ref(column)} and barred.barred_until > ${now()}
  )`;
}
