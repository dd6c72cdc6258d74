import type { CommandSpec } from '../spec.ts';
import { acting } from './acting.ts';
import { afterwards } from './afterwards.ts';
import { looking } from './looking.ts';
import { practising } from './practising.ts';
import { settingUp } from './setting-up.ts';
import { team } from './team.ts';
import { writing } from './writing.ts';

/** Every command, in the order of the help. */
export const tree: readonly CommandSpec[] = [
  ...acting,
  ...writing,
  ...team,
  ...looking,
  ...afterwards,
  ...practising,
  ...settingUp,
];
