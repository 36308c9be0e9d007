import { words } from '../words/words.ts';
import type { Question } from './use-question.ts';

interface QuestionStatusProps {
  readonly question: Pick<Question, 'answer' | 'isAsking'>;
  /** What an answer without a problem comes to, in a sentence. */
  readonly children: (answer: NonNullable<Question['answer']>) => string | null;
  readonly isGood?: boolean;
}

/** How far a question is, read aloud as it changes: asked, answered, or why it could not be. */
export function QuestionStatus({ question: { answer, isAsking }, children, isGood = true }: QuestionStatusProps) {
  return (
    <div role="status">
      {isAsking && <p className="loading">{words.microsoft.asking}</p>}
      {answer && <Answered words={answer.problem ?? children(answer)} isGood={answer.problem === null && isGood} />}
    </div>
  );
}

function Answered({ words: said, isGood }: { readonly words: string | null; readonly isGood: boolean }) {
  return said === null ? null : <p className={isGood ? 'notice' : 'notice bad'}>{said}</p>;
}
