import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { ExpressionError, expressionProperties } from '../../src/index.ts';

describe('the properties of an expression', () => {
  it.each([
    ['$uppercase(department) & " " & city', ['department', 'city']],
    ['onPremisesExtensionAttributes.extensionAttribute3', ['onPremisesExtensionAttributes']],
    ['$.department', ['department']],
    ['$$.department', ['department']],
    ['$[department = "x"].jobTitle', ['department', 'jobTitle']],
    ['identities[signInType = "userName"].issuer', ['identities']],
    ['identities[issuer = $$.companyName].issuerAssignedId', ['companyName', 'identities']],
    ['identities.(issuer & signInType)', ['identities']],
    ['$.(city & ", " & country)', ['city', 'country']],
    ['otherMails^(>$)[0]', ['otherMails']],
    ['$map(otherMails, function($mail) { $mail & jobTitle })', ['otherMails', 'jobTitle']],
    ['($d := department; $d ~> $trim)', ['department']],
    ['employeeType = "Contractor" ? companyName : department', ['employeeType', 'companyName', 'department']],
    ['mail ?? userPrincipalName', ['mail', 'userPrincipalName']],
    ['employeeOrgData@$data.city', ['employeeOrgData', 'city']],
    ['employeeOrgData{division: costCenter}', ['employeeOrgData']],
    ['$match(jobTitle, /^(Senior|Lead)/).match', ['jobTitle']],
    ['identities.**.issuer', ['identities']],
    ['"EMEA"', []],
  ])('of %s', (expression, properties) => {
    expect(expressionProperties(expression).sort()).toEqual([...properties].sort());
  });

  it.each([
    ['half an expression', 'department &', /^the expression can't be read: /],
    ['nothing', ' ', /^the expression can't be read: /],
    ['everything', '*', /names no property/],
    ['everything below', '**.issuer', /names no property/],
    ['the person as a whole', '$lookup($, "department")', /stand for the whole person/],
    ['the person by another name', '($p := $$; $p.department)', /stand for the whole person/],
    ['a parent', 'identities.(%.department)', /parent operator/],
    ['what is only known later', '$eval("department")', /\$eval hides/],
    ['the time', '$now()', /\$now gives another value each time/],
    ['chance', 'otherMails ~> $shuffle', /\$shuffle gives another value/],
  ])('is refused for %s', (_what, expression, reason) => {
    expect(() => expressionProperties(expression)).toThrow(ExpressionError);
    expect(() => expressionProperties(expression)).toThrow(reason);
  });

  it('are all that the expression reads: without the others its value is the same', async () => {
    const name = fc.constantFrom('city', 'department', 'jobTitle', 'identities', 'otherMails');
    const expression = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        name,
        tie('any').chain((inner) => name.map((other) => `(${inner}) & ${other}`)),
        tie('any').map((inner) => `$uppercase($string(${inner}))`),
        tie('any').chain((inner) => name.map((other) => `(${other} = "Leeds" ? (${inner}) : ${other})`)),
        tie('any').map((inner) => `identities[issuer = (${inner})].issuer`),
        tie('any').map((inner) => `$map(otherMails, function($m) { $m & (${inner}) })`),
        tie('any').map((inner) => `$.(${inner})`),
        tie('any').map((inner) => `(identities.($$.(${inner})))`),
        tie('any').map((inner) => `($v := (${inner}); $v)`),
      ),
    })).any;
    const person = {
      city: 'Leeds',
      department: 'Looms',
      jobTitle: 'Analyst',
      identities: [{ issuer: 'Leeds' }, { issuer: 'other' }],
      otherMails: ['a@x.example', 'b@x.example'],
    };

    const facts = async (text: string) => {
      const read = expressionProperties(text);
      const selected = Object.fromEntries(Object.entries(person).filter(([property]) => read.includes(property)));

      expect(await valueOf(text, selected)).toEqual(await valueOf(text, person));
    };

    await fc.assert(fc.asyncProperty(expression, facts), { numRuns: 300 });
  });
});

/** Its value, or the code of its failure. */
const valueOf = (expression: string, person: object): Promise<unknown> =>
  jsonata(expression)
    .evaluate(person)
    .then(
      (value: unknown) => JSON.stringify(value),
      (error: unknown) => (error as { code?: string }).code,
    );
