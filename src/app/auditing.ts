import { join } from 'node:path';
import { differences, writesIn } from '../audit/difference.ts';
import { openQuestions, questionsOf } from '../audit/questions.ts';
import { review } from '../audit/review.ts';
import { isOwned, policyOf } from '../audit/rule.ts';
import type { Audited, OwnCredential } from '../audit/rule.ts';
import { scopeIn } from '../audit/scopes.ts';
import { blindSpotsOf, rowsOf, thingsOf } from '../audit/seen.ts';
import type { Seen } from '../audit/seen.ts';
import { dueOf, lastPeriod, since } from '../audit/since.ts';
import type { Due } from '../audit/since.ts';
import { HOUR } from '../base/duration.ts';
import { sha256Hex } from '../base/hash.ts';
import { formatUtc, parseInstant, plus } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import type { Definitions, World } from '../engine/world.ts';
import { nextTurn } from '../io/clock.ts';
import type { Inventory } from '../model/inventory.ts';
import type { AskedSystem, AuditDoor, AuditReport, SyncReport } from './audit-contract.ts';
import { saveAudit } from './audit-file.ts';
import { keepHistory, readHistory } from './audit-history.ts';
import type { Base } from './base.ts';
import { definitionsOf, freezeCatalog } from './definitions.ts';
import { healthOf } from './health.ts';
import { draftInventory, writeInventory } from './inventory-file.ts';
import type { Knowledge } from './knowledge.ts';
import { lookAround } from './listing-systems.ts';
import type { LookHow } from './look-contract.ts';
import { limits } from '../model/limits.ts';
import { needsOf } from './needs.ts';
import { liveOf } from './opening.ts';
import { planProbe, probe } from './probing.ts';
import type { Shelf } from './shelf.ts';

/** What a person has pressed meanwhile comes between the steps: systems may list tens of thousands of things. */
export const auditDoor = (base: Base, shelf: Shelf): AuditDoor => ({
  sync: async (how) => {
    const { world, definitions } = await sceneOf(base, shelf);
    const { inventory } = definitions;
    const seen = await lookAround(world, definitions, how);
    const found = differences(seen, inventory);
    await nextTurn();
    return {
      at: world.clock.now(),
      systems: seen.map(askedOf),
      differences: found,
      blindSpots: blindSpotsOf(seen, inventory),
      unowned: unownedIn(inventory),
      writes: writesIn(found),
    };
  },
  draft: (report) => draftInventory(base, shelf, report),
  write: (report) => writeInventory(base, shelf, report),
  due: async () => {
    const { world, definitions } = await sceneOf(base, shelf);
    return dueNow(base, world, definitions);
  },
  audit: async (how) => await audit(base, shelf, how),
  save: (report, format, out) => saveAudit(base, report, format, out),
  planProbe: async (url) => planProbe((await sceneOf(base, shelf)).definitions, url),
  probe: async (plan, typed) => {
    const { world, definitions } = await sceneOf(base, shelf);
    return await probe(world, definitions, plan, typed);
  },
  answer: async (id, answer, note) => await answered(base, shelf, { id, answer, note }),
});

type Scene = Readonly<{ knowledge: Knowledge; definitions: Definitions; world: World }>;
const sceneOf = async (base: Base, shelf: Shelf): Promise<Scene> => {
  const knowledge = await ownNow(base, shelf);
  const definitions = definitionsOf(freezeCatalog(knowledge.catalog, null, []), base.connectors);
  return { knowledge, definitions, world: liveOf(base) };
};

/** The files as they are now: an app that stays open must not judge by what they were when it was opened. */
const ownNow = async ({ files, workspace }: Base, shelf: Shelf): Promise<Knowledge> => {
  const own = await shelf.own();
  if (workspace === null) return own;
  const { company, inventory } = own.catalog;
  const textOf = (name: string): string =>
    files.exists(join(workspace, name)) ? files.readText(join(workspace, name), limits.yamlBytesMax) : '';
  const same =
    textOf('inventory.yaml') === inventory.text && sha256Hex(textOf('firebreak.yaml')) === company.sha256;
  return same ? own : await shelf.again();
};

const askedOf = (one: Seen): AskedSystem => ({
  instance: one.instance,
  kind: one.kind,
  is: one.is,
  things: one.is === 'asked' ? one.listing.items.length : 0,
  why: one.is === 'not-asked' ? one.why : '',
  fix: one.is === 'not-asked' ? one.fix : '',
});

const unownedIn = ({ channels, integrations, credentials }: Inventory): SyncReport['unowned'] =>
  [...channels, ...integrations, ...credentials]
    .filter(({ owner }) => !isOwned(owner))
    .map(({ id, title }) => ({ id, title }));

const dayOf = ({ clock }: Pick<World, 'clock'>): string => formatUtc(clock.now()).slice(0, 10);

const plusDays = (day: string, days: number): string => {
  const at = parseInstant(`${day}T00:00:00Z`);
  return at === null ? day : formatUtc(plus(at, days * 24 * HOUR)).slice(0, 10);
};

/** An audit that could not ask every system does not count as this quarter's. */
const dueNow = (base: Base, world: World, { inventory }: Definitions): Due => {
  const whole = readHistory(base).past.filter(({ notAsked }) => notAsked.length === 0);
  return dueOf(whole, dayOf(world), policyOf(inventory).every_days, plusDays);
};

const audit = async (
  base: Base,
  shelf: Shelf,
  how: Parameters<AuditDoor['audit']>[0],
): Promise<AuditReport> => {
  const { knowledge, definitions, world } = await sceneOf(base, shelf);
  const { inventory } = definitions;
  const history = readHistory(base);
  const [seen, own] = await Promise.all([
    lookAround(world, definitions, how),
    ownCredentials(world, definitions, knowledge, how),
  ]);
  how.stop?.throwIfAborted();
  const policy = policyOf(inventory);
  const today = dayOf(world);
  const audited: Audited = { today, inventory, policy, seen, things: thingsOf(seen, inventory), own };
  await nextTurn();
  const questions = questionsOf(audited);
  const findings = review(audited, questions, history.answers);
  await nextTurn();
  const notAsked = seen.filter(({ is }) => is === 'not-asked').map(({ instance }) => instance);
  const before = lastPeriod(history.past, today, policy.every_days);
  const compared = since(before, findings, new Set(notAsked), instanceIn(definitions));
  // Where no system is configured nobody was asked: that is no audit to look back on.
  if (how.keep && seen.length > 0) {
    const kept = findings.map(({ rule, subject, found, severity }) => ({ rule, subject, found, severity }));
    const past = history.past.filter(({ date }) => date !== today);
    keepHistory(base, {
      ...history,
      past: [...past, { date: today, by: base.actor, findings: kept, notAsked }],
    });
  }
  return {
    at: world.clock.now(),
    findings,
    questions: openQuestions(questions, history.answers, today, policy.review_days),
    since: compared,
    due: dueNow(base, world, definitions),
    systems: seen.map(askedOf),
    blindSpots: blindSpotsOf(seen, inventory),
    lines: linesOf(knowledge.catalog.inventory.text),
  };
};

/** Where each row stands in the file, for what shows findings beside it. */
const linesOf = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text.split('\n').flatMap((line, i) => {
      const id =
        /^\s*-?\s*(?:\{\s*)?id:\s*['"]?([a-z0-9-]+)/.exec(line)?.[1] ?? /\bid: ([a-z0-9-]+)/.exec(line)?.[1];
      return id === undefined ? [] : [[id, i + 1] as const];
    }),
  );

const instanceIn =
  (definitions: Definitions) =>
  (subject: string): string | null =>
    rowsOf(definitions.inventory).find(({ id }) => id === subject)?.instance ??
    Object.keys(definitions.company.connectors).find((name) => subject.startsWith(`${name}:`)) ??
    null;

const ownCredentials = async (
  world: World,
  definitions: Definitions,
  knowledge: Knowledge,
  { heard, stop }: LookHow,
): Promise<readonly OwnCredential[]> => {
  const needs = await needsOf(knowledge, definitions);
  const own = await Promise.all(
    Object.keys(definitions.company.connectors).map(async (instance): Promise<OwnCredential | null> => {
      const what = `what firebreak may do at ${instance}`;
      heard?.(what, 'begun');
      const told = await healthOf(world, definitions, instance, stop).finally(() => heard?.(what, 'ended'));
      if (told.is !== 'asked' || told.health.scopes === undefined) return null;
      const sentences = needs
        .filter((one) => one.instance === instance)
        .flatMap(({ action }) => action.scopes);
      const read = sentences.map(scopeIn);
      // A need that is told in words alone cannot be compared, so nothing is called too much.
      if (read.includes(null)) return null;
      return {
        instance,
        granted: told.health.scopes,
        needed: [...new Set(read.flatMap((one) => (one === null ? [] : [one.scope])))],
      };
    }),
  );
  return own.filter((one) => one !== null);
};

const answered = async (
  base: Base,
  shelf: Shelf,
  given: Readonly<{ id: string; answer: 'yes' | 'no' | 'unknown'; note: string }>,
): Promise<void> => {
  const { world, definitions } = await sceneOf(base, shelf);
  const { inventory } = definitions;
  // Which questions there are hangs on what is configured, not on what it answers.
  const seen = Object.entries(definitions.company.connectors).map(([instance, { uses }]): Seen => ({
    is: 'unlisted',
    instance,
    kind: uses,
  }));
  const today = dayOf(world);
  const questions = questionsOf({ today, inventory, policy: policyOf(inventory), seen, things: [], own: [] });
  if (!questions.some(({ id }) => id === given.id))
    throw new Problem('not-found', {
      what: 'question',
      id: given.id,
      near: questions.map(({ id }) => id).join(', '),
    });
  const history = readHistory(base);
  const note = maskSecrets(given.note).text;
  keepHistory(base, {
    ...history,
    answers: [...history.answers, { ...given, note, date: today, by: base.actor }],
  });
};
