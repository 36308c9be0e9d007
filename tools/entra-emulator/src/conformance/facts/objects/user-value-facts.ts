import type { FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { contoso, user } from '../contoso.ts';
import { invalid, refuses, takes } from './new-user.ts';

/** What the properties of users have to look like; each refusal beside what just passes. */
export const userValueFacts: FactGroup = {
  title: 'values of users',
  world: () => openFactWorld({ directory: contoso([user(1)]) }),
  facts: [
    refuses(
      ['8/1', '8/2'],
      'in a domain that is not verified',
      { userPrincipalName: 'ada@elsewhere.example' },
      /^The domain portion of the userPrincipalName property is invalid\./,
    ),
    takes(['8/1'], 'in the other verified domain', { userPrincipalName: 'ada@fabrikam.example' }),
    refuses(['8/1'], 'with an accent in the UPN', { userPrincipalName: 'zoë@contoso.example' }, /userPrincipalName/),
    refuses(['8/1'], 'with a space in the UPN', { userPrincipalName: 'a da@contoso.example' }, /userPrincipalName/),
    refuses(['8/1'], 'with a dot before the @', { userPrincipalName: 'ada.@contoso.example' }, /userPrincipalName/),
    refuses(
      ['8/1'],
      'with more than 64 characters before the @',
      { userPrincipalName: `${'a'.repeat(65)}@contoso.example` },
      /userPrincipalName/,
    ),
    takes(['8/1'], 'with 64 characters before the @', { userPrincipalName: `${'a'.repeat(64)}@contoso.example` }),
    takes(['8/1'], "with any of '.-_!#^~ in the UPN", { userPrincipalName: "a.d-a_'!#^~1@contoso.example" }),
    takes(['4/9'], 'who is a guest with the UPN of one', {
      userPrincipalName: 'bob_elsewhere.example#EXT#@contoso.example',
      userType: 'Guest',
    }),
    invalid(['8/1'], 'with a space in the mailNickname', { mailNickname: 'ada lovelace' }),
    invalid(['8/1'], 'with an @ in the mailNickname', { mailNickname: 'ada@contoso.example' }),
    invalid(['8/1'], 'with a mailNickname of 65 characters', { mailNickname: 'a'.repeat(65) }),
    takes(['8/1'], 'with a mailNickname of 64 characters', { mailNickname: 'a'.repeat(64) }),
    takes(['8/1'], 'with a dot in the mailNickname', { mailNickname: 'ada.lovelace' }),
    invalid(['4/6'], 'with a usageLocation that is no country', { usageLocation: 'QQ' }),
    invalid(['4/6'], 'with a usageLocation that is a name', { usageLocation: 'Sweden' }),
    takes(['4/6'], 'with a usageLocation of two letters', { usageLocation: 'SE' }),
    invalid(['4/6'], 'with a country of 129 characters', { country: 'x'.repeat(129) }),
    takes(['4/6'], 'with a country of 128 characters', { country: 'x'.repeat(128) }),
    invalid(['4/6'], 'with a department of 65 characters', { department: 'x'.repeat(65) }),
    takes(['4/6'], 'with a department of 64 characters', { department: 'x'.repeat(64) }),
    invalid(['4/6'], 'with a jobTitle of 129 characters', { jobTitle: 'x'.repeat(129) }),
    takes(['4/6'], 'with a jobTitle of 128 characters', { jobTitle: 'x'.repeat(128) }),
    invalid(['4/6'], 'with a displayName of 257 characters', { displayName: 'x'.repeat(257) }),
    takes(['4/6'], 'with a displayName of 256 characters', { displayName: 'x'.repeat(256) }),
    invalid(['4/6'], 'with a surname of 65 characters', { surname: 'x'.repeat(65) }),
    takes(['4/6'], 'with a surname of 64 characters', { surname: 'x'.repeat(64) }),
    invalid(['4/6'], 'with a preferredLanguage that is a word', { preferredLanguage: 'English' }),
    takes(['4/6'], 'with a preferredLanguage such as en-US', { preferredLanguage: 'en-US' }),
    invalid(['8/1'], 'with two business phones', { businessPhones: ['+46 1', '+46 2'] }),
    takes(['8/1'], 'with one business phone', { businessPhones: ['+46 1'] }),
    invalid(['8/1'], 'with an empty text: null clears, and nothing else', { city: '' }),
    takes(['4/4'], 'with an employeeHireDate to come', { employeeHireDate: '2999-01-01T00:00:00Z' }),
    takes(['4/7'], 'with a directory extension', { extension_0123456789abcdef0123456789abcdef_shoeSize: '42' }),
  ],
};
