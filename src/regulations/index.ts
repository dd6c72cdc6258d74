// Written by `npm run gen`; change the files it lists instead.
import { australia } from './australia.ts';
import { brazil } from './brazil.ts';
import { canada } from './canada.ts';
import { dora } from './dora.ts';
import { gdpr } from './gdpr.ts';
import { hipaa } from './hipaa.ts';
import { india } from './india.ts';
import { meta } from './meta.ts';
import { nis2 } from './nis2.ts';
import { pci } from './pci.ts';
import { sec } from './sec.ts';
import { singapore } from './singapore.ts';
import { switzerland } from './switzerland.ts';
import { uk } from './uk.ts';
import { usStates } from './us-states.ts';

export const regulations = { australia, brazil, canada, dora, gdpr, hipaa, india, meta, nis2, pci, sec, singapore, switzerland, uk, 'us-states': usStates } as const;
