import { randomUUID } from 'node:crypto';
import { erasureId } from '@learnamp/learners';
import { forgetLearner, type OpenSettings } from '@learnamp/organisations';
import { operator } from '../audit/operator.ts';
import type { Arguments } from '../command-line/arguments.ts';
import { type Answer, type Command, type Surroundings, UsageError } from '../command-line/command.ts';
import { commandAnswer, giveCommand } from '../learner-commands/give-command.ts';
import { findOrganisation, organisationFlag } from '../organisations/find-organisation.ts';
import type { KnownPerson } from '../person/find-person.ts';
import { secondsFrom } from '../sync/sync.ts';
import { namesOf } from '../person/mentions.ts';
import { countsOf, type Part, searchFor, tableOf } from '../person/search.ts';
import { commandsEnd, servicesBehind } from './await-services.ts';
import { forgetInTopics } from './forget-in-topics.ts';
import { leftOver } from './left-over.ts';
import { eraseAction, goOnWith, personNamed } from './whom.ts';

const PATIENCE_S = 120;

export const eraseCommand: Command = {
  name: 'erase',
  takes: '--organisation O (PERSON | --go-on ID … | --lift OBJECT-ID) [--dry-run] [--yes]',
  about:
    'removes whatever is kept of a person, from every service, topic and dead letter; they do not come back by themselves',
  flags: {
    ...organisationFlag,
    'dry-run': { type: 'boolean', about: 'says what there is of them, and removes nothing' },
    yes: { type: 'boolean', about: 'asks nothing' },
    'go-on': {
      type: 'boolean',
      about: 'goes on with one that was interrupted, by all ids and addresses that it named',
    },
    lift: { type: 'boolean', about: 'lets somebody come again who was erased' },
    within: { type: 'string', about: `how many seconds to wait for the services (default ${PATIENCE_S})` },
  },
  run: async (surroundings, args) => {
    const organisation = await findOrganisation(surroundings.connection, args);
    return args.has('lift') ? lift(surroundings, organisation, args) : erase(surroundings, organisation, args);
  },
};

async function erase(surroundings: Surroundings, organisation: OpenSettings, args: Arguments): Promise<Answer> {
  const withinMs = secondsFrom(args, PATIENCE_S) * 1000;
  const person = await personNamed(surroundings.connection, organisation.id, {
    words: args.words,
    goesOn: args.has('go-on'),
  });
  const before = await search(surroundings, organisation, person);
  if (args.has('dry-run')) return { data: { dryRun: true, parts: countsOf(before) }, text: tableOf(before) };
  const question = `${tableOf(before)}\n\nRemove all of it? Nothing brings it back.`;
  if (!args.has('yes') && !(await surroundings.confirm(question)))
    return { data: { erased: false }, text: 'nothing was removed', exitCode: 1 };
  const goOn = goOnWith(eraseCommand, organisation.subdomain, person);
  const problem = await haveServicesErase(surroundings, organisation, person, withinMs);
  if (problem?.refused) return { data: { erased: false, problem: problem.says }, text: problem.says, exitCode: 1 };
  if (problem)
    return { data: { erased: false, problem: problem.says, goOn }, text: `${problem.says}\n${goOn}`, exitCode: 1 };
  await forgetInTopics({ ...surroundings, ...about(organisation, person), bus: surroundings.topicKeeper() });
  return answerOf(before, await search(surroundings, organisation, person), goOn);
}

const about = ({ id }: OpenSettings, { ids }: KnownPerson) => ({ organisationId: id, names: namesOf(ids) });

function search(surroundings: Surroundings, organisation: OpenSettings, person: KnownPerson): Promise<Part[]> {
  return searchFor(surroundings, surroundings.topicReader(), organisation.id, namesOf(person.ids));
}

interface Trouble {
  readonly says: string;
  /** Nothing is changed. */
  readonly refused: boolean;
}

/** profile-writer first, which decides; the others follow. Undefined once all have. */
async function haveServicesErase(
  surroundings: Surroundings,
  { id: organisationId }: OpenSettings,
  person: KnownPerson,
  withinMs: number,
): Promise<Trouble | undefined> {
  const commandId = randomUUID();
  await giveCommand(surroundings, organisationId, commandId, eraseAction(organisationId, person));
  const reader = surroundings.topicReader();
  const end = await commandsEnd(reader, organisationId);
  const decided = await commandAnswer(surroundings, commandId);
  if (decided.state === 'refused') return { says: decided.reason, refused: true };
  const forgotten = { organisationId, learnerId: person.learnerId, addresses: person.names };
  if (decided.state === 'applied') {
    const by = { actor: operator(), at: surroundings.clock(), commandId };
    await forgetLearner(surroundings.connection, forgotten, by);
  }
  const behind = await servicesBehind(surroundings, reader, { organisationId, commandId, end }, withinMs);
  if (behind.length === 0) return undefined;
  const says = `${behind.join(' and ')} ${behind.length === 1 ? 'has' : 'have'} not taken it up, and will; the topics still have it. Once they run, say`;
  return { says, refused: false };
}

function answerOf(before: readonly Part[], after: readonly Part[], goOn: string): Answer {
  const left = leftOver(after);
  const data = { erased: left.length === 0, removed: countsOf(before), left: countsOf(left) };
  if (left.length === 0) {
    const text =
      'Nothing is left of them in any collection, topic or dead letter. Kafka removes the bytes of what was replaced ' +
      'within seven days; backups keep what they have.';
    return { data, text };
  }
  return { data: { ...data, goOn }, text: `${tableOf(left)}\n\nThis is left. Say\n${goOn}`, exitCode: 1 };
}

async function lift(
  surroundings: Surroundings,
  { id, subdomain }: OpenSettings,
  { words }: Arguments,
): Promise<Answer> {
  const [personId, more] = words;
  if (personId === undefined || more !== undefined) throw new UsageError('whose? one Object ID');
  const commandId = randomUUID();
  const people = [erasureId(id, personId)];
  await giveCommand(surroundings, id, commandId, { kind: 'lift-erasure', people });
  const decided = await commandAnswer(surroundings, commandId);
  if (decided.state === 'applied') {
    const sync = `learnamp-ops sync --organisation ${subdomain} --person ${personId}`;
    return {
      data: { lifted: true },
      text: `They may come again. Their account is made by the next full run, or by\n${sync}`,
    };
  }
  const says = decided.state === 'refused' ? decided.reason : 'profile-writer has not taken it up; is it running?';
  return { data: { lifted: false, problem: says }, text: says, exitCode: 1 };
}
