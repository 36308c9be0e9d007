import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workspace } from './child.ts';

const read = (path: string) => readFile(join(workspace, path), 'utf8');

/** The names of the alerts, and those that have a page of what to do. */
export async function alerts(): Promise<{ readonly rules: string[]; readonly explained: string[] }> {
  const [rules, page] = await Promise.all([read('deploy/observability/alerts.yaml'), read('docs/operate/alerts.md')]);
  const all = (text: string, name: RegExp) => [...text.matchAll(name)].map((match) => match[1] ?? '');
  return { rules: all(rules, /- alert: (\w+)/g), explained: all(page, /^## (\w+)$/gm) };
}

/** Every metric that alerts and the dashboard ask for. */
export async function metricsAskedFor(): Promise<Set<string>> {
  const [rules, dashboard] = await Promise.all(
    ['alerts.yaml', 'dashboard.json'].map((name) => read(`deploy/observability/${name}`)),
  );
  const { panels } = JSON.parse(dashboard ?? '') as { panels: { targets: { expr: string }[] }[] };
  const asked = [rules, ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))].join('\n');
  const names = asked.match(/\b(?:webhook_ingest|bus|directory_sync|graph|http|process)_[a-z_]+/g) ?? [];
  return new Set(names.map((name) => name.replace(/_(?:bucket|count|sum)$/, '')));
}
