/** A link between objects that delta queries can follow. */
export type Relation = 'members' | 'owners' | 'manager';

/** What a walker asks a delta function for. */
export interface WalkQuery {
  readonly kind: 'user' | 'group';
  /** Undefined for the default set. */
  readonly select: readonly string[] | undefined;
  /** Only these objects; undefined for all. */
  readonly ids: readonly string[] | undefined;
  /** Begins with a read of everything and `$deltatoken=latest`, not with a first round. */
  readonly latest: boolean;
}

const relations: readonly string[] = ['members', 'owners', 'manager'] satisfies Relation[];

function isRelation(name: string): name is Relation {
  return relations.includes(name);
}

/** The links that a query follows: those it selects; the members of groups when it selects nothing. */
export function followedRelations({ kind, select }: WalkQuery): Relation[] {
  if (select === undefined) return kind === 'group' ? ['members'] : [];
  return select.filter(isRelation);
}

/** The properties that it selects; undefined for the default set. */
export function selectedProperties({ select }: WalkQuery): string[] | undefined {
  return select && [...new Set(['id', ...select.filter((name) => !isRelation(name))])];
}

/** The address of the first request; with a token when one is given. */
export function firstAddress({ kind, select, ids }: WalkQuery, deltatoken?: string): string {
  const options = [
    ...(select === undefined ? [] : [`$select=${select.join(',')}`]),
    ...(ids === undefined ? [] : [`$filter=${encodeURIComponent(ids.map((id) => `id eq '${id}'`).join(' or '))}`]),
    ...(deltatoken === undefined ? [] : [`$deltatoken=${deltatoken}`]),
  ];
  return `/${kind}s/delta${options.length === 0 ? '' : `?${options.join('&')}`}`;
}
