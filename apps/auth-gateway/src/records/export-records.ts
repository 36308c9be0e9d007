import type { Organisation } from '@learnamp/organisations';
import type { Filters, RecordList } from './record-list.ts';
import { byteOrderMark, csvLine } from './csv.ts';

// As many as are read, looked up and written at once: what an export has in memory, however long it is.
const AT_ONCE = 500;

/** Everything that the filters let through, piece by piece. */
export async function* exportRecords<Document, Item>(
  list: RecordList<Document, Item>,
  organisation: Organisation,
  { filters, format }: { readonly filters: Filters; readonly format: string },
): AsyncGenerator<string> {
  const write = format === 'csv' ? csvOf(list) : jsonOf(list, format);
  yield write.beginning;
  let isFirst = true;
  for await (const documents of inPieces(list, organisation, filters)) {
    const items = await list.itemsOf(organisation, documents);
    yield write.piece(documents, items, isFirst);
    isFirst = false;
  }
  yield write.end;
}

async function* inPieces<Document, Item>(
  list: RecordList<Document, Item>,
  organisation: Organisation,
  filters: Filters,
): AsyncGenerator<Document[]> {
  const { model, order, exportOrder } = list;
  const turned = exportOrder === 'oldest first' ? -1 : 1;
  const sort = Object.fromEntries(order.keys.map(({ path, direction }) => [path, (direction * turned) as 1 | -1]));
  const found = model
    .find(await list.filterOf(organisation, filters))
    .sort(sort)
    .lean<Document>()
    .cursor({ batchSize: AT_ONCE });
  let some: Document[] = [];
  for await (const document of found) {
    some.push(document as Document);
    if (some.length < AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

interface Writing<Document, Item> {
  readonly beginning: string;
  readonly end: string;
  piece(documents: readonly Document[], items: readonly Item[], isFirst: boolean): string;
}

const csvOf = <Document, Item>({ columns, cells }: RecordList<Document, Item>): Writing<Document, Item> => ({
  beginning: byteOrderMark + csvLine(columns),
  end: '',
  piece: (_documents, items) => items.flatMap(cells).map(csvLine).join(''),
});

function jsonOf<Document, Item>({ exported }: RecordList<Document, Item>, format: string): Writing<Document, Item> {
  const linesOf = (documents: readonly Document[], items: readonly Item[]) =>
    (exported ? documents.map(exported) : items).map((one) => JSON.stringify(one));
  if (format === 'jsonl') {
    return { beginning: '', end: '', piece: (documents, items) => `${linesOf(documents, items).join('\n')}\n` };
  }
  return {
    beginning: '[\n',
    end: '\n]\n',
    piece: (documents, items, isFirst) => (isFirst ? '' : ',\n') + linesOf(documents, items).join(',\n'),
  };
}
