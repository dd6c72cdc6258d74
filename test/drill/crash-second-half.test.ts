import { crashesEverywhere } from './crash.ts';

crashesEverywhere(1);
