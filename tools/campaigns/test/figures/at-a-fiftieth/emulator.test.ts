import { holds } from './holds.ts';

holds('emulator');
