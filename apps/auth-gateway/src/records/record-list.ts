import type { Organisation } from '@learnamp/organisations';
import type { Model, QueryFilter } from 'mongoose';
import Type, { type TProperties, type TSchema } from 'typebox';
import type { Scope } from '../api-tokens/scopes.ts';
import type { ListOrder } from '../paging/cursor.ts';
import { PageQuery } from '../paging/read-page.ts';
import type { Html } from '../pages/html.ts';

/** What a list was asked for: its filters, as text, without those that are empty. */
export type Filters = Readonly<Record<string, string | undefined>>;

/** A field of the form by which a list is filtered. */
export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'date' | 'select';
  /** Of a `select`: values with what they are called. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** A collection that administrators look through, and take with them. `Item` is what one is shown as. */
export interface RecordList<Document, Item> {
  /** The path of its page, such as `provisioning-log`; under `/api/` the same as JSON. */
  readonly name: string;
  readonly title: string;
  /** One sentence below the title. */
  readonly about: string;
  /** What a program needs to read it. */
  readonly scope: Scope;
  readonly model: Model<Document>;
  /** Newest first. */
  readonly order: ListOrder;
  readonly exportOrder: 'newest first' | 'oldest first';
  /** How JSON is exported: one array, or a line for each. */
  readonly json: 'array' | 'lines';
  readonly filters: TProperties;
  readonly fields: readonly FilterField[];
  readonly item: TSchema;
  /** What to look for. @throws Problem 400 */
  filterOf(organisation: Organisation, filters: Filters): Promise<QueryFilter<Document>>;
  itemsOf(organisation: Organisation, documents: readonly Document[]): Promise<Item[]>;
  /** What is exported as JSON, where that is not what is shown. */
  readonly exported?: (document: Document) => unknown;
  readonly columns: readonly string[];
  /** The lines of a CSV file that one is. */
  readonly cells: (item: Item) => readonly (readonly unknown[])[];
  readonly headings: readonly string[];
  row(item: Item): readonly (Html | string)[];
}

/** The query of a list. What it doesn't know is refused, so that nobody takes a misspelt filter for an empty result. */
export const queryOf = ({ filters }: { readonly filters: TProperties }) =>
  Type.Object({ ...PageQuery.properties, ...filters }, { additionalProperties: false });

export const exportQueryOf = ({ filters, json }: { readonly filters: TProperties; readonly json: 'array' | 'lines' }) =>
  Type.Object(
    { ...filters, format: Type.Union([Type.Literal('csv'), Type.Literal(json === 'array' ? 'json' : 'jsonl')]) },
    { additionalProperties: false },
  );
