import { counted, number } from './plural.ts';

export const held = {
  title: 'Waiting for approval',
  none: 'Nothing waits for your approval.',
  noneHint: 'When a sync would remove or add more people than your limits allow, it stops here and asks you first.',
  nothingHappens: 'Nothing happens to these people until you decide; everything else goes on.',
  checkedAgain: 'Each is checked again at Microsoft before it takes effect.',
  since: 'Held since',
  person: 'Person',
  would: 'Would be',
  because: 'Because',
  directions: { removal: 'deactivated', addition: 'added' },
  banner: (count: number) => counted(count, 'person waits for your approval', 'people wait for your approval'),
  selectAll: 'Select everybody shown',
  select: (name: string) => `Select ${name}`,
  selected: (count: number) => `${number(count)} selected`,
  approveSelected: 'Allow only these',
  rejectSelected: 'Reject these',
  approveAll: (count: number) => `Allow all ${number(count)}`,
  rejectAll: (count: number) => `Reject all ${number(count)}`,
  confirm: {
    approveTitle: 'Allow these changes?',
    rejectTitle: 'Reject these changes?',
    approve: (words: string) =>
      `${words}. Whoever is deactivated can’t sign in any more; nothing of theirs is deleted, and they come back when they are in the group again.`,
    reject: (words: string) => `${words}. They stay as they are until their membership at Microsoft changes.`,
    removals: (count: number) => counted(count, 'person would be deactivated', 'people would be deactivated'),
    additions: (count: number) => counted(count, 'person would be added', 'people would be added'),
    yes: 'Allow',
    no: 'Reject',
  },
  given: (count: number) =>
    count === 1 ? 'Your answer for 1 person is noted.' : `Your answer for ${number(count)} people is noted.`,
} as const;
