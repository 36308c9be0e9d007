import { words } from '../words/words.ts';

interface ExportLinksProps {
  /** Such as `/api/sync-runs/export`. */
  readonly path: string;
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly json: 'json' | 'jsonl';
}

/** Everything that the filters let through, as a file. */
export function ExportLinks({ path, filters, json }: ExportLinksProps) {
  const addressOf = (format: string) => {
    const said = Object.entries(filters).filter(([name, value]) => name !== 'cursor' && value !== undefined);
    return `${path}?${new URLSearchParams([...(said as [string, string][]), ['format', format]]).toString()}`;
  };
  return (
    <p className="actions">
      <a href={addressOf('csv')} download>
        {words.common.exportCsv}
      </a>
      <a href={addressOf(json)} download>
        {words.common.exportJson}
      </a>
    </p>
  );
}
