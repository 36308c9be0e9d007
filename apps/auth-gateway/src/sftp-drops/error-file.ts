import type { RowProblem } from '../imports/import-view.ts';

/** Lines and sentences, as a file that spreadsheets open: with a mark, so that they take it for UTF-8. */
export const errorFile = (problems: readonly RowProblem[]): string =>
  `\uFEFF${[['Line', 'Problem'], ...problems.map(({ line, problem }) => [String(line), problem])]
    .map(([line = '', problem = '']) => `${line},"${problem.replaceAll('"', '""')}"\r\n`)
    .join('')}`;
