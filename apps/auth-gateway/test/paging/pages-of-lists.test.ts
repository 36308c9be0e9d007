import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { learnerIdOf } from '@learnamp/learners';
import type { Browser } from '@learnamp/testkit';
import { ada, aWorld, createBrowser, type World } from '../fixtures/world.ts';

let world: World;
let owner: Browser;

beforeAll(async () => {
  world = await aWorld();
  await world.gateway.roles.grant(world.acme.id, learnerIdOf(world.acme.id, 'microsoft', ada.oid), 'Owner');
  owner = createBrowser();
  await world.signIn(owner);
  for (const name of ['one', 'two', 'three']) {
    const list = Buffer.from(`Email;First name\n${name}@people.example;Some`);
    expect((await owner.postFile(`${world.home}/api/imports?name=${name}.csv`, list)).status).toBe(201);
    world.gateway.wait(1);
    const body = { name, scopes: ['settings:read'] };
    expect((await owner.postJson(`${world.home}/api/tokens`, body)).status).toBe(201);
  }
}, 120_000);

afterAll(() => world.stop());

interface Page {
  readonly next: string | null;
  readonly imports?: readonly { readonly fileName: string }[];
  readonly tokens?: readonly { readonly name: string }[];
}

const get = (path: string) => owner.get(world.home + path);
const page = async (path: string) => JSON.parse((await get(path)).body) as Page;
const namesOf = ({ imports, tokens }: Page) => [
  ...(imports ?? []).map(({ fileName }) => fileName.replace('.csv', '')),
  ...(tokens ?? []).map(({ name }) => name),
];

it.each(['/api/imports', '/api/tokens'])('%s shows what there is page by page, the newest first', async (path) => {
  const first = await page(`${path}?limit=2`);
  const second = await page(`${path}?limit=2&cursor=${first.next ?? ''}`);

  expect([namesOf(first), namesOf(second), second.next]).toEqual([['three', 'two'], ['one'], null]);
  expect(namesOf(await page(path))).toEqual(['three', 'two', 'one']);
});

it.each(['imports', 'tokens', 'conflicts', 'department-renames', 'invitations'])(
  '/api/%s refuses a cursor of nobody, and too large a page',
  async (name) => {
    const codes = async (query: string) => {
      const { status, body } = await get(`/api/${name}${query}`);
      return [status, (JSON.parse(body) as { code?: string }).code];
    };

    expect(await codes('?limit=1')).toEqual([200, undefined]);
    expect(await codes('?cursor=nobodys')).toEqual([400, 'bad-cursor']);
    expect(await codes('?limit=501')).toEqual([400, 'bad-request']);
  },
);
