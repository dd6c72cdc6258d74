import { faultsOf } from './faults.ts';

faultsOf(0);
