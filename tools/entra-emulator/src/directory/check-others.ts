import type { OtherEntry } from './directory-file.ts';
import { checkArray, checkGuid, checkObject, checkText, fail } from './file-checks.ts';
import { kinds } from './object-kind.ts';
import { valueProblem } from './property-type.ts';

/** The devices or the contacts of a file. */
export function checkOthers(kind: 'device' | 'orgContact', value: unknown): OtherEntry[] {
  const { collection, properties } = kinds[kind];
  return checkArray(collection, value).map((entry, index) => {
    const path = `${collection}[${index}]`;
    const other = checkObject(path, entry);
    for (const [name, held] of Object.entries(other)) {
      const problem = valueProblem(properties, name, held);
      if (problem !== undefined) throw fail(`${path}.${name}`, problem);
    }
    return {
      ...other,
      id: checkGuid(`${path}.id`, other['id']),
      displayName: checkText(`${path}.displayName`, other['displayName']),
    };
  });
}
