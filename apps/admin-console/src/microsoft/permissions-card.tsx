import { Badge, type Tone } from '../parts/badge.tsx';
import { CommandButton } from '../parts/command-button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Moment } from '../parts/moment.tsx';
import { words } from '../words/words.ts';
import type { AskedPermission, DirectoryAnswer, MicrosoftView } from './microsoft.ts';
import { QuestionStatus } from './question-status.tsx';
import { useQuestion } from './use-question.ts';

const { permissions: said, group } = words.microsoft;

const tones: Readonly<Record<string, Tone>> = { granted: 'good', missing: 'bad', unknown: 'warn', unneeded: 'calm' };

const columns: readonly Column<AskedPermission>[] = [
  { name: said.permission, isHeader: true, of: ({ name }) => name },
  { name: said.state, of: ({ state }) => <Badge tone={tones[state] ?? 'calm'}>{said.states[state] ?? state}</Badge> },
  { name: said.without, of: ({ stops }) => stops },
];

const isWhole = ({ permissions }: DirectoryAnswer) =>
  permissions.every(({ state }) => state === 'granted' || state === 'unneeded');

/** Which permissions are granted, and what does not work without those that are not. */
export function PermissionsCard({ microsoft: { provisioning } }: { readonly microsoft: MicrosoftView }) {
  const question = useQuestion('permissions');
  const { ask, isAsking, answer } = question;
  return (
    <section className="card" aria-labelledby="permissions-heading">
      <h2 id="permissions-heading">{said.title}</h2>
      <p className="faint">{provisioning ? said.about : group.notConnected}</p>
      {provisioning && (
        <p>
          <CommandButton isPending={isAsking} onPress={() => ask(null)}>
            {said.check}
          </CommandButton>
        </p>
      )}
      <QuestionStatus question={question} isGood={answer !== null && isWhole(answer)}>
        {(whole) => (isWhole(whole) ? said.whole : said.lacking)}
      </QuestionStatus>
      {answer?.problem === null && <Answer answer={answer} />}
    </section>
  );
}

const Answer = ({ answer: { permissions, at } }: { readonly answer: DirectoryAnswer }) => (
  <>
    <DataTable label={said.title} columns={columns} rows={permissions} keyOf={({ name }) => name} empty={null} />
    <p className="faint">
      {said.checkedAt} <Moment at={at} />
    </p>
  </>
);
