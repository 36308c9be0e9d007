import type { WaitingRequest } from '@learnamp/sync-state';
import { answerQuestion } from '../questions/answer-question.ts';
import type { AskingContext } from '../runs/run-context.ts';
import { apart } from '../tracing/stage.ts';
import type { Task } from '../work/plan.ts';

type QuestionTask = Extract<Task, { request: unknown }>;

/** Answers whoever asks about the directory as a whole. Reads only; whatever goes wrong is part of the answer. */
export async function performQuestion(
  context: AskingContext,
  { request }: Pick<QuestionTask, 'request'>,
): Promise<void> {
  const { stores, organisation, clock } = context;
  const { requestId, question = 'permissions', lookUp = null } = request;
  const about = { organisationId: organisation.id, revision: organisation.revision };
  const found = await apart('question', [request.traceparent], () => answerQuestion(context, request));
  await stores.directoryAnswers.updateOne(
    { _id: requestId },
    { $setOnInsert: { ...about, at: clock(), question, lookUp, ...found } },
    { upsert: true },
  );
  await stores.workRecords.updateOne({ _id: organisation.id }, { $pull: { requests: { requestId } } });
}

/** Answers every question that waits: of an organisation without a group there is nothing else to do. */
export async function answerQuestions(context: AskingContext): Promise<void> {
  const waiting = async (): Promise<WaitingRequest | undefined> => {
    const record = await context.stores.workRecords.findById(context.organisation.id, 'requests').lean();
    return record?.requests.find(({ mode }) => mode === 'ask');
  };
  for (let request = await waiting(); request; request = await waiting()) await performQuestion(context, { request });
}
