import type { OnCall } from '../incident/called.ts';

export type WhichCompany = 'built-in' | 'own';

/** What of the team stands for what of the built-in company. */
export type Stand = Readonly<{ what: 'system' | 'row'; from: string; to: string | null; because: string }>;

/** In whose company a drill is played, and what of the scenario and of the company is not in it. All lists are sentences. */
export type DrillPlace = Readonly<{
  company: WhichCompany;
  name: string;
  stands: readonly Stand[];
  untested: readonly string[];
  left: readonly string[];
  /** Why it cannot be played there; empty where it can. */
  cannot: readonly string[];
  /** Whom the team is asked to ring on a real telephone; null in the built-in company, and where no contact is written down. */
  call: OnCall | null;
}>;
