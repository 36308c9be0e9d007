import Type from 'typebox';
import { Value } from 'typebox/value';
import { SettingsError } from './provisioning-settings.ts';

const closed = { additionalProperties: false } as const;
const SignInSettings = Type.Object({
  singleSignOn: Type.Optional(Type.Partial(Type.Object({ enabled: Type.Boolean(), guests: Type.Boolean() }), closed)),
  passwords: Type.Optional(
    Type.Partial(
      Type.Object({
        enabled: Type.Boolean(),
        breakGlassOwner: Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()]),
      }),
      closed,
    ),
  ),
});

/** @throws SettingsError when a setting of signing in is unknown, or its value none that it may have. */
export function checkSignIn(change: unknown): void {
  const problems = [...Value.Errors(SignInSettings, change)].map(
    ({ instancePath, message }) => `${instancePath.slice(1).replaceAll('/', '.')} ${message}`,
  );
  if (problems.length > 0) throw new SettingsError([...new Set(problems)]);
}
