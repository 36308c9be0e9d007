import type { LearnerFields } from '@learnamp/contracts';

export const noFields: LearnerFields = {
  firstName: null,
  lastName: null,
  displayName: null,
  email: null,
  jobTitle: null,
  department: null,
  location: null,
  language: null,
  hireDate: null,
};
