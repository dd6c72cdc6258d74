import { formatUtc } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { CallResult, DrillEvents } from '../model/drill-event.ts';
import type { Fresh } from '../model/event.ts';
import type { Contact } from '../model/inventory.ts';

/** Whom a drill asks to be rung in earnest: that the number of whoever is on call is right is found out by nothing else. */
export type OnCall = Readonly<{ contact: string; name: string; phone: string }>;

/** What `for` of a contact says, the likeliest to be on call first. */
const ON_CALL = ['on-call', 'responder', 'commander', 'dpo'];

export const onCall = (contacts: readonly Contact[]): OnCall | null => {
  const found =
    ON_CALL.flatMap((word) => contacts.filter((one) => one.for?.includes(word) ?? false))[0] ?? contacts[0];
  return found === undefined ? null : { contact: found.id, name: found.name, phone: found.phone };
};

/** A call on a real telephone, as it was written down. */
export type CallTest = DrillEvents['drill.called'] & Readonly<{ note: string | null }>;

const utc = (at: Instant): string => `${formatUtc(at).slice(0, 16).replace('T', ' ')}Z`;

/** `reached: rung 2026-11-27 09:12Z, answered 2026-11-27 09:13Z` */
export const callWords = ({ result, rung, answered }: Omit<CallTest, 'note' | 'contact' | 'at'>): string =>
  `${result}: rung ${utc(rung)}, ${answered === null ? 'nobody answered' : `answered ${utc(answered)}`}`;

export type NewCall = Readonly<{
  contact: string;
  result: CallResult;
  rung: Instant;
  answered: Instant | null;
  note: string | null;
}>;

const refuse = (why: string): never => {
  throw new Problem('usage', { why });
};

/** @throws Problem `usage` for times that cannot be */
export const calledEvent = (
  { contact, result, rung, answered, note }: NewCall,
  now: Instant,
  mask: (text: string) => string,
): Fresh<'drill.called'> => {
  if (result === 'reached' && answered === null) refuse('say when the call was answered: --answered TIME');
  if (result === 'no-answer' && answered !== null) refuse('a call that nobody answered has no --answered');
  if (answered !== null && answered < rung) refuse('nobody answers a call before it is made');
  if (rung > now || (answered ?? rung) > now) refuse('a call test is written down after it was made');
  return {
    kind: 'drill.called',
    pub: { contact, result, rung, answered, at: now },
    ...(note === null ? {} : { priv: { note: { class: 'staff', value: mask(note) } } }),
  };
};
