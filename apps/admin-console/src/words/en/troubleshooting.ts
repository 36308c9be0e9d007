export const troubleshooting = {
  title: 'Troubleshooting',
  about: 'What people ask most often about a directory integration, and where the answer is for your case.',
  who: 'User principal name, email or Object ID',
  name: 'Name or email',
  explain: 'Find out why',
  look: 'Look them up',
  missing: {
    title: 'Why is somebody missing?',
    about:
      'They may not be in the group, be disabled, wait for your approval, or be alike somebody who is here already. This asks Microsoft about one person.',
    skipped: 'Everybody who was skipped, by reason',
    held: 'Everybody who waits for approval',
    conflicts: 'Everybody who has to be told apart',
  },
  deactivated: {
    title: 'Why was somebody deactivated?',
    about:
      'Nobody is deactivated without a proof from Microsoft: that they left the group, or that their account was disabled or deleted. This shows it, and you can reactivate them on their page.',
    list: 'Everybody who is deactivated',
  },
  details: {
    title: 'Why are somebody’s details not updated?',
    about: 'A rule may say to keep a value, a field may be empty at Microsoft, or its expression may not be readable.',
    mapping: 'Field mapping',
    skipped: 'Fields that could not be read',
  },
  manager: {
    title: 'Why has somebody no manager?',
    about:
      'A manager is linked as soon as they are a learner too. One outside the group never is, and a chain that leads back to itself is left as it is.',
    waiting: 'Managers who may still come',
    outOfScope: 'Managers outside the group',
    circles: 'Managers in a circle',
  },
  signIn: {
    title: 'Why can’t somebody sign in?',
    about:
      'Whoever is refused is shown a reference. It leads to each check that was made. Without one, ask about the person.',
    reference: 'Reference that they were shown',
    open: 'Open the sign-in',
    list: 'How people sign in, and the latest sign-ins',
  },
  invitation: {
    title: 'Why did an invitation not arrive?',
    about:
      'It may be held until you send it, the mail server may have refused the address, or its link may be too old. You can send it once more on the person’s page.',
    list: 'All open invitations',
  },
  teams: {
    title: 'Why are teams flat, or in the wrong place?',
    about: 'Teams come from departments, which have no hierarchy. You put them below each other, and syncs keep that.',
    list: 'Teams',
    renames: 'Departments that seem to have been renamed',
  },
  nothing: {
    title: 'Why does nothing arrive at all?',
    about: 'A permission, a credential or the group itself may be gone. The overview names what it is, and what to do.',
    overview: 'Overview',
    microsoft: 'Connection with Microsoft',
    runs: 'The latest runs',
  },
} as const;
