import type { Variant } from '../variants/change-module.ts';
import type { Measures } from '../measuring/child.ts';
import { conformance, conformanceCatches } from './conformance.ts';
import { keyRotation, keyRotationCatches } from './key-rotation/key-rotation.ts';
import { leaks, leaksCatch } from './leaks/leaks.ts';
import { leavers, leaversCatch } from './leavers/leavers.ts';
import { importList } from './lists/import-list.ts';
import { crossOrganisation, crossOrganisationCatches } from './matrix/matrix.ts';
import { wrongAnswers, wrongAnswersCatch } from './mixes/mixes.ts';
import { passwords, passwordsCatch } from './passwords/passwords.ts';
import { returnPaths, returnPathsCatch } from './return-paths/return-paths.ts';
import { sealedValues } from './sealing/sealed-values.ts';
import { sessionTokens, sessionTokensCatch } from './session-tokens/session-tokens.ts';
import { tenantClaims, tenantClaimsCatch } from './tenants/tenant-claims.ts';
import { tenantVariants } from './tenants/variants.ts';
import { keyVariants } from './key-rotation/variants.ts';
import { leakVariants } from './leaks/variants.ts';
import { leaverVariants } from './leavers/variants.ts';
import { matrixVariants } from './matrix/variants.ts';
import { mixVariants } from './mixes/variants.ts';
import { conformanceVariants } from './modules/variants.ts';
import { passwordVariants } from './passwords/variants.ts';
import { returnPathVariants } from './return-paths/variants.ts';
import { sessionTokenVariants } from './session-tokens/variants.ts';

const catching = (variants: readonly Variant[], catches: (id: string) => Measures[string]): Measures =>
  Object.fromEntries(variants.map(({ id }) => [id, catches(id)]));

/** What is measured for each row, by its id. */
export const measures: Measures = {
  A1: conformance,
  ...catching(conformanceVariants, conformanceCatches),
  A2: returnPaths,
  ...catching(returnPathVariants, returnPathsCatch),
  A3: sessionTokens,
  ...catching(sessionTokenVariants, sessionTokensCatch),
  A4: crossOrganisation,
  ...catching(matrixVariants, crossOrganisationCatches),
  A5: leavers,
  ...catching(leaverVariants, leaversCatch),
  A6: passwords,
  ...catching(passwordVariants, passwordsCatch),
  A7: wrongAnswers,
  ...catching(mixVariants, wrongAnswersCatch),
  A8: keyRotation,
  ...catching(keyVariants, keyRotationCatches),
  A9: tenantClaims,
  ...catching(tenantVariants, tenantClaimsCatch),
  C1: importList,
  S1: sealedValues,
  S2: leaks,
  ...catching(leakVariants, leaksCatch),
};
