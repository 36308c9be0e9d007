import { readFile } from 'node:fs/promises';
import { UsageError } from '../../command/parse-command.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { RecordedAnswer } from '../examples/stage.ts';
import { typeProblems, type Schemas } from './json-schema.ts';
import { typedObjects } from './typed-objects.ts';

/** How the objects of one type fared. */
export interface TypeRow {
  readonly type: string;
  readonly answers: number;
  readonly objects: number;
  /** Each once, with a request that shows it. */
  readonly problems: readonly string[];
}

/** Directory objects that Microsoft's file of the directory leaves out. */
const withoutSchema: ReadonlySet<string> = new Set(['device', 'directoryRole', 'orgContact']);

/** Holds answers against Microsoft's property types. */
export class TypeCheck {
  readonly #schemas: Schemas;
  readonly #rows = new Map<string, { answers: number; objects: number; problems: Map<string, string> }>();

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** Checks the directory objects of an answer; a refusal has none. */
  check({ request, answer }: RecordedAnswer): void {
    const objects = typedObjects(answer.body);
    for (const type of new Set(objects.map((object) => object.type))) this.#row(type).answers += 1;
    for (const { type, object } of objects) {
      const row = this.#row(type);
      row.objects += 1;
      for (const problem of this.#problems(type, object)) {
        if (!row.problems.has(problem)) row.problems.set(problem, request);
      }
    }
  }

  /** One row a type that was seen; by name. */
  rows(): TypeRow[] {
    return [...this.#rows]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([type, { answers, objects, problems }]) => ({
        type,
        answers,
        objects,
        problems: [...problems].map(([problem, request]) => `${problem} (${request.slice(0, 100)})`),
      }));
  }

  #problems(type: string, object: JsonObject): string[] {
    const schema = this.#schemas[type];
    if (schema !== undefined) return typeProblems(this.#schemas, schema, object, type);
    const base = this.#schemas['directoryObject'];
    if (base === undefined || !withoutSchema.has(type)) return [`there is no type ${type}`];
    // What such an object inherits can still be wrong.
    const inherited = Object.entries(object).filter(([name]) => name in (base.properties ?? {}));
    return typeProblems(this.#schemas, base, Object.fromEntries(inherited), type);
  }

  #row(type: string): { answers: number; objects: number; problems: Map<string, string> } {
    const row = this.#rows.get(type) ?? { answers: 0, objects: 0, problems: new Map<string, string>() };
    this.#rows.set(type, row);
    return row;
  }
}

/** The schemas of an OpenAPI file. Throws a UsageError when it has none. */
export async function readSchemas(file: string): Promise<Schemas> {
  const schemas = schemasIn(await readFile(file, 'utf8'));
  if (schemas === undefined) throw new UsageError(`${file} is no OpenAPI file with schemas`);
  return schemas;
}

function schemasIn(text: string): Schemas | undefined {
  try {
    const document = JSON.parse(text) as { components?: { schemas?: unknown } } | null;
    const schemas = document?.components?.schemas;
    return isJsonObject(schemas) ? (schemas as Schemas) : undefined;
  } catch {
    return undefined;
  }
}
