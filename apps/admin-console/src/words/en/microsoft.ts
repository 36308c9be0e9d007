import { counted, number } from './plural.ts';

export const microsoft = {
  title: 'Microsoft',
  about: 'Which tenant’s people sign in and become learners, and what Learn Amp may read of it.',
  connection: {
    title: 'Connection',
    signIn: 'Signing in',
    signInOn: 'Connected: people sign in with Microsoft.',
    signInOff:
      'Not connected. An administrator of your tenant agrees that Learn Amp may know who signs in; nothing else is read.',
    provisioning: 'User provisioning',
    provisioningOn: 'Connected: Learn Amp may read your directory.',
    provisioningOff:
      'Not connected. A Global Administrator or Privileged Role Administrator agrees that Learn Amp may read people, groups and photos.',
    connected: 'Connected',
    missing: 'Not connected',
    connectSignIn: 'Connect for signing in',
    connectProvisioning: 'Connect for provisioning',
    again: 'Ask for the permissions again',
    onward: 'You go on at Microsoft, and come back here.',
  },
  /** What came of a trip to Microsoft, by its code in the address. */
  outcomes: {
    connected: 'Microsoft is connected.',
    tested: 'Signing in with Microsoft works: you have just done it. Passwords can be switched off now.',
    lost: 'That took too long, or it went on in another browser or session. Start again.',
    declined: 'Nothing is connected: the permissions were declined at Microsoft.',
    'consent-needs-administrator':
      'Nothing is connected: only an administrator of your Microsoft Entra tenant may agree to these permissions.',
    'token-refused': 'Nothing is connected: Microsoft’s answer did not prove which tenant you administer. Start again.',
    'roles-missing':
      'Nothing is connected: Microsoft did not say which roles you have. Learn Amp has to be registered so that it does; please tell Learn Amp support.',
    'not-an-administrator':
      'Nothing is connected: the account you signed in with is no administrator of its tenant. For provisioning it has to be a Global Administrator or Privileged Role Administrator; for signing in an Application Administrator is enough.',
    'other-tenant':
      'Nothing is changed: that is another tenant than the one that is connected. Disconnect that one first, or use an account of it.',
    taken:
      'Nothing is connected: this tenant is connected to another Learn Amp organisation. It has to be disconnected there first.',
    'microsoft-unreachable': 'Nothing is connected: Microsoft did not answer. Try again in a minute.',
    'microsoft-refused':
      'Nothing is connected: Microsoft refused. Start again; if it happens again, tell Learn Amp support.',
  } as Readonly<Record<string, string>>,
  goodOutcomes: ['connected', 'tested'] as readonly string[],
  asking: 'Asking Microsoft. A large group takes a while.',
  permissions: {
    title: 'Permissions',
    about: 'Each permission is tried by a small reading. Nothing changes.',
    check: 'Check the permissions',
    whole: 'Everything that is needed is granted.',
    lacking: 'Some permissions are missing. The table says what does not work without each.',
    permission: 'Permission',
    state: 'State',
    without: 'Without it',
    states: {
      granted: 'Granted',
      missing: 'Missing',
      unknown: 'Can’t be told while another one is missing',
      unneeded: 'Not needed here',
    } as Readonly<Record<string, string>>,
    checkedAt: 'Checked',
  },
  group: {
    title: 'Group',
    none: 'No group is chosen yet, so nobody is provisioned.',
    chosen: 'The people of this group become learners:',
    notYetRead: 'Its groups are shown after the first sync.',
    look: 'Another group',
    lookFirst: 'Choose a group',
    field: 'How the group’s name begins, or its Object ID',
    fieldHint: 'Press Enter to look. Nested groups count too.',
    find: 'Look for it',
    found: (count: number) => counted(count, 'group found', 'groups found'),
    list: 'Groups of your directory',
    noneFound: (text: string) => `No group’s name begins with “${text}”.`,
    noSuch: (id: string) => `There is no group with the Object ID ${id} in your directory.`,
    unnamed: 'A group without a name',
    total: (people: number, nested: number) =>
      `${counted(people, 'person', 'people')} altogether, each counted once, in this group and ${counted(nested, 'group', 'groups')} nested in it.`,
    inIt: (people: number, groups: number) =>
      groups === 0
        ? counted(people, 'person', 'people')
        : `${counted(people, 'person', 'people')}, ${counted(groups, 'group', 'groups')}`,
    more: (count: number) => `And ${counted(count, 'more group', 'more groups')}.`,
    tree: 'The group and those nested in it',
    choose: 'Provision the people of this group',
    chosenDone: 'The group is chosen.',
    confirmTitle: 'Provision another group?',
    confirm: (people: number) =>
      `${counted(people, 'person', 'people')} of this group become learners. Whoever is only in the group of before leaves, by your settings and within your limits.`,
    notConnected: 'Connect Microsoft for provisioning first: its directory can’t be read yet.',
  },
  danger: {
    title: 'Danger zone',
    about: 'Disconnecting ends signing in with Microsoft, and provisioning.',
    disconnect: 'Disconnect Microsoft',
    confirmTitle: 'Disconnect Microsoft?',
    stay: (learners: number) =>
      learners === 1
        ? 'The 1 active learner keeps their account, with their details, team and manager as they are now.'
        : `All ${number(learners)} active learners keep their accounts, with their details, teams and managers as they are now.`,
    stop: (fromDirectory: number) =>
      `${number(fromDirectory)} of them come from Microsoft: nothing of them follows it any more. Nobody is added, and nobody who leaves is deactivated.`,
    signIn: (withPassword: number, learners: number) =>
      `Nobody signs in with Microsoft any more, and email and password are on. ${number(withPassword)} of ${number(learners)} have a password; the others can only come by an invitation.`,
    tenant: 'Your tenant may then be connected to another organisation. Microsoft’s notifications to Learn Amp end.',
    consent:
      'What your administrator agreed to stays in Microsoft Entra until you delete Learn Amp there, under Enterprise applications.',
    undo: 'To undo it, connect again and choose the group: everybody is found again by their Object ID.',
    noPassword: 'You have no password yourself: after this session you could not sign in.',
    done: 'Microsoft is disconnected. Connect it again to undo this.',
  },
} as const;
