import type { Json } from '../base/canonical.ts';
import { formatLocal } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import type { Answer } from '../model/command.ts';
import type { Basis, Fresh } from '../model/event.ts';
import { staff } from './said.ts';
import type { DecideContext } from './said.ts';
import type { IncidentState } from './state.ts';

type Value = Readonly<{
  value: Json;
  known: boolean;
  text: string | null;
  reason: string | null;
  at: Instant | null;
}>;

/** Public where a clock or a condition may hang on it; words are private. */
export const valueOf = (answer: Answer, zone: string): Value => {
  const base = { known: true, text: null, reason: null, at: null };
  switch (answer.is) {
    case 'unknown':
      return { ...base, value: null, known: false };
    case 'text':
      return { ...base, value: null, text: answer.text };
    case 'number':
    case 'yes-no':
      return { ...base, value: answer.value };
    case 'range':
      return {
        ...base,
        value: { about: answer.about, from: answer.from, to: answer.to },
        reason: answer.basis,
      };
    case 'choice':
      return { ...base, value: answer.id };
    case 'items':
      return { ...base, value: answer.ids };
    case 'time':
      return { ...base, value: formatLocal(answer.at, zone, 'rfc3339'), at: answer.at };
    case 'secret':
      return { ...base, value: [...new Set(answer.credentials.map((one) => one.item))] };
  }
};

export type How = Readonly<{ step: string | null; at?: Instant; basis?: Basis; reason?: string | undefined }>;

/**
 * The event that teaches a fact. What stands already is never overwritten: answering again, after a step was reopened, is
 * recorded as a correction that names the entry it corrects.
 */
export const taught = (
  fact: string,
  answer: Answer,
  how: How,
  state: IncidentState,
  context: DecideContext,
): Fresh => {
  const { value, known, text, reason, at } = valueOf(answer, state.zone);
  const why = how.reason ?? reason;
  const before = state.facts.get(fact);
  const stands = before?.known === true ? before : null;
  // What is corrected happened when it happened: only a time that somebody gives moves it, and the clocks that hang on it.
  const pub = {
    fact,
    value,
    known,
    at: at ?? how.at ?? stands?.at ?? context.now,
    basis: how.basis ?? 'observed',
  };
  const priv = {
    ...(text === null ? {} : { text: staff(text, context) }),
    ...(why === null ? {} : { reason: staff(why, context) }),
  };
  return stands !== null
    ? { kind: 'fact.corrected', pub: { ...pub, corrects: stands.n }, priv }
    : { kind: 'fact.learned', pub: { ...pub, step: how.step }, priv };
};
