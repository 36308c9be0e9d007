import type { NoticeKind } from '@learnamp/learners';
import { dayOf, oneLine } from '../mail/letter.ts';
import type {
  ApprovalContent,
  ExpiryContent,
  FailureContent,
  NoticeContent,
  OverContent,
  SummaryContent,
} from './notice-content.ts';

/** What is the matter, since when, what happens if nobody does anything, and the one thing to do next. */
export interface NoticeWords {
  readonly subject: string;
  readonly before: readonly string[];
  /** Of the console, where that is done. */
  readonly path: string;
  readonly linkText: string;
  readonly after: readonly string[];
}

export function noticeWords(kind: NoticeKind, content: NoticeContent, organisation: string): NoticeWords {
  switch (content.kind) {
    case 'failure':
      return failureWords(content, organisation);
    case 'approval':
      return approvalWords(content, organisation);
    case 'expiry':
      return expiryWords(content, organisation);
    case 'summary':
      return summaryWords(content, organisation);
    case 'over':
      return kind === 'approval' ? decidedWords(content, organisation) : mendedWords(content, organisation);
  }
}

const AGAIN =
  'While this lasts, you are told again a day later, three days after that, a week after that, and then every two weeks';
const UNTIL_IT_IS_OVER = `${AGAIN}; and once when it is over.`;

const failureWords = ({ since, cause }: FailureContent, organisation: string): NoticeWords => ({
  subject: `${organisation}: people are not kept up to date`,
  before: [
    `Since ${dayOf(since)} Learn Amp can't keep the people of ${organisation} up to date with Microsoft: ${phrase(cause)}.`,
    'If nobody does anything, it goes on trying. As long as that fails, nobody who joins becomes a learner, details stay as they were, and people who leave stay active.',
    'See what happened, and what can be done about it:',
  ],
  path: '/admin/runs',
  linkText: 'See the runs',
  after: [UNTIL_IT_IS_OVER],
});

function approvalWords({ since, people, reason }: ApprovalContent, organisation: string): NoticeWords {
  const what = people === 1 ? '1 change waits' : `${people} changes wait`;
  const because = reason === '' ? '' : `, because ${phrase(reason)}`;
  return {
    subject: `${organisation}: ${what} for approval`,
    before: [
      `Since ${dayOf(since)} changes wait at ${organisation} until an Owner or Admin approves or rejects them${because}.`,
      'If nobody does anything, these people stay as they are, and further removals wait with them. Everybody else is kept up to date.',
      'See who they are, and say what is to happen:',
    ],
    path: '/admin/held',
    linkText: 'See who waits',
    after: [UNTIL_IT_IS_OVER],
  };
}

const SHOWN_TOKENS = 20;

function expiryWords({ tokens }: ExpiryContent, organisation: string): NoticeWords {
  const [what, which] = tokens.length === 1 ? ['an API token ends', 'This one ends'] : ['API tokens end', 'These end'];
  const more = tokens.length - SHOWN_TOKENS;
  return {
    subject: `${organisation}: ${what} soon`,
    before: [
      `Programs work with ${organisation} at Learn Amp by API tokens. ${which} within two weeks:`,
      ...tokens.slice(0, SHOWN_TOKENS).map(({ name, expiresAt }) => `“${oneLine(name)}” on ${dayOf(expiresAt)}`),
      ...(more > 0 ? [`and ${more} more.`] : []),
      'If nobody does anything, programs that use them are refused from then on.',
      'Make new ones, and give them to these programs:',
    ],
    path: '/admin/tokens',
    linkText: 'See the API tokens',
    after: [`${AGAIN}. Of another token that ends soon you are told the day after.`],
  };
}

function summaryWords({ to, inGroup, skipped, added, deactivated, waiting }: SummaryContent, organisation: string) {
  const waits = waitingWords(waiting);
  const decide =
    waits === ''
      ? ['Nothing waits for a decision.']
      : [`What waits for a decision: ${waits}.`, 'If nobody decides, these stay as they are.'];
  return {
    subject: `${organisation}: the week at Learn Amp`,
    before: [
      `The week until ${dayOf(to)}, in numbers.`,
      `People in the group: ${inGroup}. Added: ${added}. Deactivated: ${deactivated}. Left out by the last full sync: ${skipped}.`,
      ...decide,
      'See how it is now:',
    ],
    path: '/admin',
    linkText: 'Open the overview',
    after: [],
  };
}

function waitingWords({ held, conflicts, renames, invitations }: SummaryContent['waiting']): string {
  const named = [
    [held, 'change to approve', 'changes to approve'],
    [conflicts, 'person to identify', 'people to identify'],
    [renames, 'department that seems to have a new name', 'departments that seem to have new names'],
    [invitations, 'invitation to send', 'invitations to send'],
  ] as const;
  return named
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}

const mendedWords = ({ since, at }: OverContent, organisation: string): NoticeWords => ({
  subject: `${organisation}: people are kept up to date again`,
  before: [
    `Since ${dayOf(at)} Learn Amp follows the people of ${organisation} again. It could not, as you were told, since ${dayOf(since)}.`,
    'There is nothing for you to do: what changed meanwhile is caught up with. What happened is among the runs:',
  ],
  path: '/admin/runs',
  linkText: 'See the runs',
  after: [],
});

const decidedWords = ({ since, at }: OverContent, organisation: string): NoticeWords => ({
  subject: `${organisation}: nothing waits for approval any more`,
  before: [
    `The changes of which you were told on ${dayOf(since)} have been decided, or aren't wanted any more: since ${dayOf(at)} nothing waits.`,
    'There is nothing for you to do. What became of them is among the runs:',
  ],
  path: '/admin/runs',
  linkText: 'See the runs',
  after: [],
});

/** Within a sentence: on one line, and without its own full stop. */
const phrase = (text: string) => oneLine(text).replace(/\.$/, '');
