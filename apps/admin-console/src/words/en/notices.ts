export const notices = {
  title: 'Notices by mail',
  about:
    'Who is told by mail what needs them. A mail comes when something begins, ever more seldom while it lasts, and once when it is over.',
  kinds: {
    approval: 'Changes wait for your approval',
    failure: 'Syncing fails',
    expiry: 'An API token is about to expire',
    summary: 'A summary every Monday',
  },
  addresses: 'Addresses, one a line',
  addressesHint: 'Without any, all active Owners and Admins are told. At most 20.',
  save: 'Save the notices',
  saved: 'Who is told what is stored.',
  test: {
    title: 'See what such a mail looks like',
    about: 'It goes to you alone, and says that it is a test.',
    kind: 'Kind',
    send: 'Send a test mail to me',
    sent: 'The test mail is on its way.',
  },
} as const;
