import { holds } from './holds.ts';

holds('provisioning');
