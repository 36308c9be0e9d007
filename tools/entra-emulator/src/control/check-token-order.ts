import { TOKEN_DEFECTS, type TokenDefectOrder } from '../entra/control/token-defects.ts';
import { fromOne, must, oneOf, shaped, text, type Check } from '../graph/faults/shape-check.ts';
import { isJsonObject } from '../json.ts';

const order = shaped<Omit<TokenDefectOrder, 'until'>>({
  defect: must(
    `one of ${TOKEN_DEFECTS.join(', ')}, or missing:CLAIM`,
    (value) =>
      typeof value === 'string' && (/^missing:.+/.test(value) || TOKEN_DEFECTS.some((known) => known === value)),
  ),
  token: oneOf('id_token', 'access_token'),
  appId: text,
  times: fromOne,
});

/** Which tokens are to be spoilt, and how. */
export const checkTokenOrder: Check = (value) => {
  const missing = isJsonObject(value) ? ['defect', 'token'].find((name) => value[name] === undefined) : undefined;
  return missing === undefined ? order(value) : `.${missing} is missing`;
};
