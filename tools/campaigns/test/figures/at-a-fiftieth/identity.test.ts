import { holds } from './holds.ts';

holds('identity');
