import type { Answer, Browser, Recipe } from '@learnamp/testkit';
import { type Company, goBack } from '../stage/company.ts';
import type { Stage } from '../stage/stage.ts';

/** Who and what there is in a module. Each has an organisation and a tenant of its own. */
export interface Scene {
  readonly stage: Stage;
  readonly company: Company;
  /** Another organisation, with another tenant. */
  readonly other: Company;
  /** A new browser; whoever ends up signed in with one of them counts. */
  readonly browser: () => Browser;
  /** Says how the tenant's answers are spoilt from here on. */
  readonly spoil: (recipe: Recipe) => void;
}

/** What has to come of it. `signed out`: somebody was signed in, and nobody is in the end. */
export type Outcome = 'accepted' | 'refused' | 'signed out';

/** A test of the name that others know it by. */
export interface PlayedModule {
  readonly name: string;
  readonly outcome: Outcome;
  /** Rejects when the module can't be played as it should. */
  play(scene: Scene): Promise<unknown>;
}

/** A module that is about something that the service doesn't do. */
export interface SkippedModule {
  readonly name: string;
  readonly outcome: 'not applicable';
  readonly why: string;
}

export type Module = PlayedModule | SkippedModule;

/** One sign-in with answers spoilt in one way. */
export const spoilt = (name: string, outcome: Outcome, recipe: (scene: Scene) => Recipe): PlayedModule => ({
  name,
  outcome,
  play: (scene) => {
    scene.spoil(recipe(scene));
    return scene.company.signIn(scene.browser());
  },
});

export const played = (name: string, outcome: Outcome, play: (scene: Scene) => Promise<unknown>): PlayedModule => ({
  ...{ name, outcome, play },
});

/** A sign-in whose answer by way of the browser is changed. */
export const answered = (name: string, outcome: Outcome, change: (callback: URL, scene: Scene) => void): PlayedModule =>
  played(name, outcome, async (scene) => {
    const { company, stage } = scene;
    const browser = scene.browser();
    const callback = new URL(stage.op.authorize(await company.begin(browser), { ...company.person }));
    change(callback, scene);
    await goBack(browser, callback.href);
  });

export const skipped = (why: string, names: readonly string[]): SkippedModule[] =>
  names.map((name) => ({ name, outcome: 'not applicable', why }));

/** @throws Error when a module's preparation isn't what it has to be. */
export function expectAnswer(answer: Answer, isRight: boolean): void {
  if (!isRight) throw new Error(`unexpected answer: ${answer.status} ${answer.location} ${answer.body.slice(0, 300)}`);
}
