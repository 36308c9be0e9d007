import { Navigate, useLocation, useParams } from 'react-router';
import { Page } from '../layout/page.tsx';
import { OutcomeNotice } from '../microsoft/outcome-notice.tsx';
import { words } from '../words/words.ts';
import { stepBodies } from './step-bodies.tsx';
import { StepEnds } from './step-ends.tsx';
import { StepList } from './step-list.tsx';
import { currentStep, isStepName, stepsOf } from './steps.ts';
import { type Standing, WithStanding } from './with-standing.tsx';

const { setup: said } = words;

/** The way from nothing to the first sync. The address says the step; without one it is the first that is not done. */
export function SetupPage() {
  const { step } = useParams();
  const title = isStepName(step) ? `${said.title}: ${said.steps[step]}` : said.title;
  return (
    <Page title={title} about={isStepName(step) ? said.abouts[step] : said.about}>
      <WithStanding>{(standing) => <Steps standing={standing} step={step} />}</WithStanding>
    </Page>
  );
}

function Steps({ standing, step }: { readonly standing: Standing; readonly step: string | undefined }) {
  const { search } = useLocation();
  const steps = stepsOf({ ...standing, provisioning: standing.settings.provisioning });
  if (!isStepName(step)) return <Navigate to={`/setup/${currentStep(steps)}${search}`} replace />;
  const Body = stepBodies[step];
  return (
    <>
      <StepList steps={steps} shown={step} />
      <OutcomeNotice />
      <Body {...standing} />
      <StepEnds shown={step} />
    </>
  );
}
