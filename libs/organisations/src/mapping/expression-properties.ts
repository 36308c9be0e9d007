import jsonata from 'jsonata';

/** An expression that can't be used in a mapping. The message says why, for whoever wrote it. */
export class ExpressionError extends Error {
  readonly code = 'invalid-expression';
  readonly retriable = false;

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'ExpressionError';
  }
}

/** A node of the parsed expression, as far as it matters here; the library's own types leave out half of them. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly stages?: readonly Node[];
  readonly predicate?: readonly Node[];
  /** `step@$name`: what follows is read from where the step itself was read. */
  readonly focus?: string;
}

// Functions of JSONata whose answer is another one each time, so that everybody would be written anew by every run, and
// the one that hides from us what it reads.
const refused: ReadonlyMap<unknown, string> = new Map([
  ...['now', 'millis', 'random', 'shuffle'].map((name) => [name, `$${name} gives another value each time`] as const),
  ['eval', '$eval hides the properties that it reads'],
]);

/**
 * The properties of the person that an expression reads, found from its syntax: the first steps of its paths. An
 * expression whose properties can't be told is refused, because nothing would select them.
 * @throws ExpressionError
 */
export function expressionProperties(expression: string): string[] {
  const found = new Set<string>();
  if (visit(parse(expression), true, found)) throw wholePerson();
  return [...found];
}

function parse(expression: string): Node {
  try {
    return jsonata(expression).ast();
  } catch (error) {
    // JSONata throws objects of its own.
    const { message } = error as { readonly message?: unknown };
    throw new ExpressionError(`the expression can't be read: ${String(message)}`, { cause: error });
  }
}

/** Visits a node that is evaluated on the person (`onPerson`) or on a part. Says whether its value is the person. */
function visit(node: Node, onPerson: boolean, found: Set<string>): boolean {
  switch (node.type) {
    case 'path':
      return visitPath(node.steps ?? [], onPerson, found);
    case 'name':
      if (onPerson) found.add(String(node.value));
      return false;
    case 'variable':
      return visitVariable(node.value, onPerson);
    case 'wildcard':
    case 'descendant':
      if (onPerson) throw new ExpressionError(`"${String(node.value)}" names no property`);
      return false;
    case 'parent':
      throw new ExpressionError('the parent operator % is not supported');
    default:
      for (const child of nodesIn(Object.values(node))) if (visit(child, onPerson, found)) throw wholePerson();
      return false;
  }
}

function visitPath(steps: readonly Node[], onPerson: boolean, found: Set<string>): boolean {
  let at = onPerson;
  for (const step of steps) {
    const { stages = [], predicate = [], ...bare } = step;
    const value = visit(bare, at, found);
    for (const filter of [...stages, ...predicate]) visitAll(filter, value, found);
    at = step.focus === undefined ? value : at;
  }
  return at;
}

const visitAll = (filter: Node, onPerson: boolean, found: Set<string>) => {
  for (const child of nodesIn(Object.values(filter))) if (visit(child, onPerson, found)) throw wholePerson();
};

function visitVariable(name: unknown, onPerson: boolean): boolean {
  const reason = refused.get(name);
  if (reason) throw new ExpressionError(reason);
  // `$` is what the expression is evaluated on here, `$$` what it is evaluated on as a whole.
  return name === '$' || (name === '' && onPerson);
}

const nodesIn = (values: readonly unknown[]): Node[] =>
  values.flatMap((value) => {
    if (Array.isArray(value)) return nodesIn(value);
    return typeof value === 'object' && value !== null ? [value] : [];
  });

const wholePerson = () => new ExpressionError('$ and $$ stand for the whole person: name a property of it');
