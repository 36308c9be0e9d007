import { isJsonObject } from '../../json.ts';

/** What is wrong with a value, to be written behind its name: ` must be…`, or `.name must be…` of a part of it. */
export type Check = (value: unknown) => string | undefined;

/** A check for each property that an object may have. */
export type Checks<Shape> = Readonly<Record<keyof Shape, Check>>;

/** A value for which the test holds. */
export function must(be: string, test: (value: unknown) => boolean): Check {
  return (value) => (test(value) ? undefined : ` must be ${be}`);
}

export const text = must('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const flag = must('true or false', (value) => typeof value === 'boolean');
export const share = must('a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1);
export const notNegative = must('a number from 0', (value) => typeof value === 'number' && value >= 0);
export const whole = must('a whole number', Number.isInteger);
export const fromOne = must('a whole number from 1', (value) => Number.isInteger(value) && Number(value) >= 1);

export function oneOf(...values: readonly string[]): Check {
  return must(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));
}

/** An object with no other properties than these. */
export function shaped<Shape>(checks: Checks<Shape>): Check {
  return (value) => {
    if (!isJsonObject(value)) return ' must be an object';
    for (const [name, property] of Object.entries(value)) {
      if (!Object.hasOwn(checks, name)) return `.${name} is not known`;
      const problem = checks[name as keyof Shape](property);
      if (problem !== undefined) return `.${name}${problem}`;
    }
    return undefined;
  };
}
