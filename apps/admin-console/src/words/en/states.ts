/** What a page says where it can't show what it is for. */
export const states = {
  unreachable: {
    title: 'Learn Amp can’t be reached',
    body: 'No answer came. This page asks again by itself; nothing that you have done is lost.',
  },
  unavailable: {
    title: 'Not available right now',
    body: 'A part of Learn Amp is away. This page asks again by itself.',
  },
  sessionOver: {
    title: 'Your session has ended',
    body: 'You were signed out, or your account is no longer active. Sign in again to go on where you were.',
    action: 'Sign in',
  },
  noPermission: {
    title: 'Only for Owners and Admins',
    body: 'You are signed in as a learner. Ask an Owner of your organisation if you should see this page.',
    action: 'Go to the home page',
  },
  notFound: {
    title: 'There is no such page',
    body: 'The address may be mistyped, or what it was about is gone.',
    action: 'Go to the overview',
  },
  broken: {
    title: 'Something went wrong on this page',
    body: 'The rest of the console still works. Loading the page again often helps.',
    action: 'Load again',
  },
  refused: 'That was refused',
  reference: (reference: string) => `Reference for support: ${reference}`,
} as const;
