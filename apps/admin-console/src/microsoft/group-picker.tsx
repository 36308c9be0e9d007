import { type SubmitEvent, useState } from 'react';
import { CommandButton } from '../parts/command-button.tsx';
import { TextField } from '../parts/text-field.tsx';
import { words } from '../words/words.ts';
import { FoundGroup } from './found-group.tsx';
import { FoundGroups } from './found-groups.tsx';
import type { DirectoryAnswer } from './microsoft.ts';
import { isObjectId } from './object-id.ts';
import { QuestionStatus } from './question-status.tsx';
import { useQuestion } from './use-question.ts';

const { group: said } = words.microsoft;

/** Looks for a group, by its name or its Object ID, and shows what is in it before it is chosen. */
export function GroupPicker({ chosen }: { readonly chosen: string | null }) {
  const [text, setText] = useState('');
  const list = useQuestion('groups');
  const one = useQuestion('group');
  const look = (event: SubmitEvent) => {
    event.preventDefault();
    const about = text.trim();
    (isObjectId(about) ? one : list).ask(about);
  };
  return (
    <div className="group-picker">
      <h3>{chosen === null ? said.lookFirst : said.look}</h3>
      <form className="filters" role="search" onSubmit={look}>
        <TextField
          label={said.field}
          hint={said.fieldHint}
          value={text}
          required
          pattern=".*\S.*"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={setText}
        />
        <CommandButton type="submit" isPending={list.isAsking || one.isAsking}>
          {said.find}
        </CommandButton>
      </form>
      <QuestionStatus question={list}>{listWords}</QuestionStatus>
      {list.answer && <FoundGroups groups={list.answer.groups} onLook={one.ask} />}
      <QuestionStatus question={one}>{groupWords}</QuestionStatus>
      {one.answer?.group && one.answerId !== null && (
        <FoundGroup group={one.answer.group} answerId={one.answerId} chosen={chosen} />
      )}
    </div>
  );
}

const listWords = ({ groups, lookUp }: DirectoryAnswer) =>
  groups.length === 0 ? said.noneFound(lookUp ?? '') : said.found(groups.length);

const groupWords = ({ group, lookUp }: DirectoryAnswer) =>
  group === null
    ? said.noSuch(lookUp ?? '')
    : `${group.displayName ?? group.id}: ${said.total(group.people, group.nested)}`;
