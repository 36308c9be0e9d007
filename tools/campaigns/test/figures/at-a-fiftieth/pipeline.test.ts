import { holds } from './holds.ts';

holds('pipeline');
