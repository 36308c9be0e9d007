import Type, { type Static } from 'typebox';
import { passwordComplaint } from './password-rules.ts';

const Text = Type.String({ maxLength: 1024 });

/** What the form behind a link sends: a password, typed twice. */
export const NewPassword = Type.Object({ password: Text, again: Text });
export type NewPassword = Static<typeof NewPassword>;

/** Why what was typed won't do, in a sentence; undefined where it will. */
export const newPasswordComplaint = ({ password, again }: NewPassword, email: string): string | undefined =>
  password === again ? passwordComplaint(password, email) : 'The two passwords are not the same.';
