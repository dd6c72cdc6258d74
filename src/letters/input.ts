import type { Instant } from '../base/instant.ts';
import type { Company } from '../model/company.ts';
import type { Reveal } from '../model/event.ts';
import type { Contact, Inventory } from '../model/inventory.ts';
import type { LetterSource } from '../model/letter.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { ContainmentView } from '../projections/containment.ts';
import type { IncidentState } from '../projections/incident.ts';

/** What a letter is made from. All of it is data: the same input gives the same letter, byte for byte. */
export type LetterInput = Readonly<{
  /** Name of the folder in templates/. */
  letter: string;
  source: LetterSource;
  /** Text of `<language>.hbs`. */
  template: string;
  language: string;
  state: IncidentState;
  reveal: Reveal;
  company: Company;
  contacts: readonly Contact[];
  inventory: Inventory;
  containment: ContainmentView;
  clocks: readonly ClockView[];
  /** IANA zone in which times are shown, UTC beside them. */
  zone: string;
  now: Instant;
  /** What a named person released the letter without, as `missing` names it: for that it is no draft any more. */
  waived?: readonly string[];
  drill: boolean;
}>;
