export { askDirectory, type AskDirectoryDeps, type AskedPerson } from './ask-directory.ts';
export { explainPerson, type ExplainDeps, type Question } from './explain-person.ts';
export { explain, type Explanation } from './explain.ts';
export { explanationLines } from './explanation-lines.ts';
export type { ExplainedField } from './details.ts';
export type { Facts, Trouble } from './facts.ts';
export type { PathStep } from './standing.ts';
