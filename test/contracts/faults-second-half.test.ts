import { faultsOf } from './faults.ts';

faultsOf(1);
