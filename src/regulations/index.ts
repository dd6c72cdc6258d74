// Written by `npm run gen`; change the files it lists instead.
import { gdpr } from './gdpr.ts';
import { pci } from './pci.ts';

export const regulations = { gdpr, pci } as const;
