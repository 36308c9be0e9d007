import type { paths } from '../api/openapi.d.ts';

type Json<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : never;

/** What an organisation has of Microsoft. */
export type MicrosoftView = Json<paths['/api/microsoft']['get']['responses']['200']>;

/** A question to the directory, with its answer once there is one. */
export type Asked = Json<paths['/api/microsoft/questions/{id}']['get']['responses']['200']>;

export type DirectoryAnswer = NonNullable<Asked['answer']>;
export type AnsweredGroup = NonNullable<DirectoryAnswer['group']>;
export type NamedGroup = DirectoryAnswer['groups'][number];
export type AskedPermission = DirectoryAnswer['permissions'][number];

/** A page of the console to come back to from Microsoft. */
export type ReturnTo = '/admin/microsoft' | '/admin/setup';
