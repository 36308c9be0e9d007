import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly name: string;
  readonly of: (row: Row) => ReactNode;
  /** The cell that says which row it is. */
  readonly isHeader?: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** In front of each row, such as a checkbox; `head` for the heading. */
  readonly lead?: { readonly head: ReactNode; readonly of: (row: Row) => ReactNode };
  /** What is said where there is no row. */
  readonly empty: ReactNode;
}

/** A page of a list. A real table, whose rows narrow screens show as cards; the roles keep it one for screen readers there. */
export function DataTable<Row>({ label, columns, rows, keyOf, lead, empty }: DataTableProps<Row>) {
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  return (
    <table className="data" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {lead && (
            <th role="columnheader" scope="col" className="lead">
              {lead.head}
            </th>
          )}
          {columns.map(({ name }) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {lead && (
              <td role="cell" className="lead">
                {lead.of(row)}
              </td>
            )}
            {columns.map((column) => (
              <Cell key={column.name} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const { name, of, isHeader = false } = column;
  if (isHeader) {
    return (
      <th role="rowheader" scope="row" data-label={name}>
        {of(row)}
      </th>
    );
  }
  return (
    <td role="cell" data-label={name}>
      {of(row)}
    </td>
  );
}
