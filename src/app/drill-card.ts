import { join } from 'node:path';
import { limits } from '../model/limits.ts';
import type { Base } from './base.ts';
import { incidentFolder } from './base.ts';
import type { WhichCompany } from './place-contract.ts';

/**
 * What a drill needs to be gone on with: kept beside its journal. `begun` is the machine's clock, in milliseconds; `played` is how
 * far the drill's time had come when the machine's showed `at`.
 */
export type Card = Readonly<{
  runbook: string;
  seed: number;
  begun: number;
  speed: number;
  auto: boolean;
  /** Absent in one from before a team could play its own plan. */
  company?: WhichCompany;
  played?: number;
  at?: number;
  paused?: boolean;
}>;

export const cardPath = (base: Base, id: string): string =>
  join(incidentFolder(base.home, id, true), 'drill.json');

export const readCard = (base: Base, id: string): Card =>
  JSON.parse(base.files.readText(cardPath(base, id), limits.drillCardBytesMax)) as Card;
