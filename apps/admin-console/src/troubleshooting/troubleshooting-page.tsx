import { Page } from '../layout/page.tsx';
import { words } from '../words/words.ts';
import { AskAbout } from './ask-about.tsx';
import { Question } from './question.tsx';
import { Ways } from './ways.tsx';

const { troubleshooting: said } = words;
const { missing, deactivated, details, manager, signIn, invitation, teams, nothing } = said;

/** What goes wrong with such integrations, as people would ask it, and where the answer is for their case. */
export const TroubleshootingPage = () => (
  <Page title={said.title} about={said.about}>
    <Question title={missing.title} about={missing.about}>
      <WhyPerson />
      <Ways
        to={[
          ['/skipped', missing.skipped],
          ['/held', missing.held],
          ['/conflicts', missing.conflicts],
        ]}
      />
    </Question>
    <Question title={deactivated.title} about={deactivated.about}>
      <WhyPerson />
      <Ways to={[['/people?show=deactivated', deactivated.list]]} />
    </Question>
    <Question title={details.title} about={details.about}>
      <WhyPerson />
      <Ways
        to={[
          ['/mapping', details.mapping],
          ['/skipped', details.skipped],
        ]}
      />
    </Question>
    <Question title={manager.title} about={manager.about}>
      <WhyPerson />
      <Ways
        to={[
          ['/managers?kind=waiting', manager.waiting],
          ['/managers?kind=out-of-scope', manager.outOfScope],
          ['/managers?kind=circles', manager.circles],
        ]}
      />
    </Question>
    <SignInQuestion />
    <Question title={invitation.title} about={invitation.about}>
      <AskAbout label={said.name} name={said.look} to={(name) => `/people?q=${encodeURIComponent(name)}`} />
      <Ways to={[['/invitations', invitation.list]]} />
    </Question>
    <Question title={teams.title} about={teams.about}>
      <Ways
        to={[
          ['/teams', teams.list],
          ['/conflicts', teams.renames],
        ]}
      />
    </Question>
    <Question title={nothing.title} about={nothing.about}>
      <Ways
        to={[
          ['/', nothing.overview],
          ['/microsoft', nothing.microsoft],
          ['/runs', nothing.runs],
        ]}
      />
    </Question>
  </Page>
);

const SignInQuestion = () => (
  <Question title={signIn.title} about={signIn.about}>
    <AskAbout
      label={signIn.reference}
      name={signIn.open}
      to={(reference) => `/sign-in/${encodeURIComponent(reference)}`}
    />
    <WhyPerson />
    <Ways to={[['/sign-in', signIn.list]]} />
  </Question>
);

const WhyPerson = () => (
  <AskAbout label={said.who} name={said.explain} to={(who) => `/explain?person=${encodeURIComponent(who)}`} />
);
