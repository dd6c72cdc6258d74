import { join } from 'node:path';
import { formatLocal } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { consentsSchema, isWithin } from '../model/consent.ts';
import type { Consent } from '../model/consent.ts';
import { limits } from '../model/limits.ts';
import { newId } from '../io/random.ts';
import type { Base } from './base.ts';
import type { ConsentAsked } from './programme-contract.ts';

/**
 * Consents to unannounced drills, in the file of the programme. Each is good for one drill: the mark that it was used is made by
 * whichever of two programs comes first.
 */

const folderOf = (base: Base): string => join(base.home, 'programme');
const fileOf = (base: Base): string => join(folderOf(base), 'consents.json');
const usedMark = (base: Base, id: string): string => join(folderOf(base), `used-${id}.json`);

/** @throws Problem `invalid-file` */
const readConsents = (base: Base): readonly Consent[] => {
  const path = fileOf(base);
  if (!base.files.exists(path)) return [];
  try {
    const read = consentsSchema.safeParse(JSON.parse(base.files.readText(path, limits.consentsBytesMax)));
    if (read.success) return read.data.consents;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Problem('invalid-file', { file: path, why: 'it is no list of consents' });
};

/** What is still to be used, newest last. */
const unused = (base: Base): readonly Consent[] =>
  readConsents(base).filter(({ id }) => !base.files.exists(usedMark(base, id)));

export const giveConsent = (base: Base, zone: string, asked: ConsentAsked): Consent => {
  const now = base.clock.now();
  const { scenario, by, until, notBetween } = asked;
  if (until < formatLocal(now, zone, 'date'))
    throw new Problem('usage', { why: `${until} is over already: a consent is for drills to come` });
  const consent: Consent = {
    id: newId('consent', base.clock, base.random).toLowerCase(),
    scenario,
    by,
    recorded_by: base.actor,
    recorded_at: now,
    until,
    not_between: notBetween,
  };
  base.files.privateDir(folderOf(base));
  const today = formatLocal(now, zone, 'date');
  // What ended long ago stands in the journals of its drills; here it would only be read again and again.
  const kept = readConsents(base).filter(
    (one) => one.until >= today || !base.files.exists(usedMark(base, one.id)),
  );
  base.files.writeAtomic(
    fileOf(base),
    JSON.stringify({ v: 1, consents: [...kept, consent].slice(-KEPT_MAX) }, null, 2),
  );
  return consent;
};
const KEPT_MAX = 200;

const how = (scenario: string): string =>
  `a manager records one: firebreak drill consent ${scenario} --by NAME --until DATE`;

const refused = (scenario: string, why: string): Problem =>
  new Problem('not-authorised', { why, next: how(scenario) });

/** Spends one. @throws Problem `not-authorised`, with why none of them holds now and how to get one */
export const spendConsent = (base: Base, zone: string, scenario: string): Consent => {
  const now = base.clock.now();
  const [today, hour] = [formatLocal(now, zone, 'date'), formatLocal(now, zone, 'time').slice(0, 5)];
  const all = readConsents(base).filter((one) => one.scenario === scenario);
  const left = unused(base).filter((one) => one.scenario === scenario);
  const current = left.filter(({ until }) => until >= today);
  for (const one of current) {
    if (one.not_between !== null && isWithin(one.not_between, hour)) continue;
    if (base.files.writeNew(usedMark(base, one.id), JSON.stringify({ at: now, by: base.actor }))) return one;
  }
  const [hours] = current.flatMap(({ not_between }) => (not_between === null ? [] : [not_between]));
  if (hours !== undefined)
    throw refused(
      scenario,
      `the consent to an unannounced drill of ${scenario} leaves out ${hours.from} to ${hours.to}, and it is ${hour} (${zone})`,
    );
  const last = left.at(-1);
  if (last !== undefined)
    throw refused(scenario, `the consent to an unannounced drill of ${scenario} ended on ${last.until}`);
  throw refused(
    scenario,
    all.length === 0
      ? `nobody has consented to an unannounced drill of ${scenario}`
      : `the consent to an unannounced drill of ${scenario} was for one drill, and that one was held`,
  );
};
