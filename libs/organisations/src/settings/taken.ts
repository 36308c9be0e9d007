/** A duplicate key of the subdomain. */
export const isSubdomainTaken = (error: unknown): boolean => isDuplicateOf(error, 'subdomain');

/** Whether an error of MongoDB's is a duplicate of a unique index of this field. */
export function isDuplicateOf(error: unknown, field: string): boolean {
  const { code, keyPattern } = error as { code?: unknown; keyPattern?: Readonly<Record<string, unknown>> };
  return code === 11_000 && keyPattern?.[field] !== undefined;
}
