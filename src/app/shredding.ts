import { join } from 'node:path';
import { canonicalJson } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { HOUR } from '../base/duration.ts';
import { formatUtc, plus } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { holdsOn } from '../incident/holds.ts';
import type { Asked } from '../incident/state.ts';
import type { PrivateClass } from '../model/event.ts';
import type { Retention } from '../model/retention.ts';
import { dueAt, terms } from '../regulations/retention.ts';
import type { Term } from '../regulations/retention.ts';
import type { Destroyed, Destruction, Doomed } from './contract.ts';
import type { IncidentParts } from './parts.ts';

/**
 * Content that has served its time is destroyed with its data keys: by policy, never under a legal hold, and only when two other
 * people have signed that very request. There is no override: nobody bleeds while it waits.
 */

const NEED = 2;
/** Nobody is in a hurry: the two may sign on different days. */
const VALID_MS = 14 * 24 * HOUR;
const ACTION = 'journal.shred';

/** What would go and what stands in the way, class by class. */
export const destructionOf = (
  parts: IncidentParts,
  policies: readonly Retention[],
  wanted: PrivateClass | null,
): Destruction => {
  parts.ledger.refresh();
  const classes = terms(policies)
    .filter((term) => wanted === null || term.class === wanted)
    .map((term) => doomed(parts, term));
  const ready = classes.filter((one) => one.state === 'due').map((one) => one.class);
  const asked = requestFor(parts, ready);
  const given = [...new Set(asked?.given.map(({ person }) => person) ?? [])];
  return { classes, ready, asked: asked?.n ?? null, need: asked?.need ?? NEED, given };
};

const doomed = (parts: IncidentParts, term: Term): Doomed => {
  const state = parts.ledger.state();
  const keys = parts.journal.kept(term.class).length;
  const due = dueAt(term, state.closedAt);
  const holds = holdsOn(state, term.class).map(({ n }) => n);
  const base = { class: term.class, keys, policy: term.policy, due, holds };
  if (keys === 0) return { ...base, state: 'nothing' };
  if (holds.length > 0) return { ...base, state: 'held' };
  if (due === null) return { ...base, state: 'open' };
  return { ...base, state: due > parts.world.clock.now() ? 'not-yet' : 'due' };
};

/** Each data key by name: content that was added after somebody signed is not in what they signed. */
const namesOf = ({ journal }: IncidentParts, classes: readonly PrivateClass[]): readonly string[] =>
  classes.flatMap((one) => journal.kept(one).map((dek) => `${one} ${dek}`));

const requestFor = (parts: IncidentParts, ready: readonly PrivateClass[]): Asked | undefined => {
  const now = parts.world.clock.now();
  const names = namesOf(parts, ready);
  return [...parts.ledger.state().asked.values()].findLast(
    (one) =>
      one.action === ACTION &&
      names.length > 0 &&
      now <= one.expires_at &&
      names.every((name) => one.targets.includes(name)),
  );
};

/** Asks for the two approvals. The entry names each data key and the policy; its hash is what is signed. */
export const askToDestroy = async (
  parts: IncidentParts,
  policies: readonly Retention[],
  wanted: PrivateClass | null,
  reason: string,
): Promise<Destruction> => {
  const found = destructionOf(parts, policies, wanted);
  mustBeReady(found);
  if (found.asked !== null) return found;
  if (reason.trim() === '') throw new Problem('usage', { why: 'a reason is needed: --why TEXT' });
  const targets = namesOf(parts, found.ready);
  const chosen = found.classes.filter((one) => found.ready.includes(one.class)).map(({ policy }) => policy);
  const { planSha256 } = parts.ledger.state();
  await parts.ledger.append([
    {
      kind: 'approval.asked',
      pub: {
        step: `destroy ${found.ready.join(', ')}`,
        action: ACTION,
        targets,
        intended_sha256: sha256Hex(canonicalJson({ action: ACTION, policies: chosen, targets })),
        plan_sha256: planSha256,
        need: NEED,
        expires_at: plus(parts.world.clock.now(), VALID_MS),
      },
      priv: { title: { class: 'staff', value: maskSecrets(reason).text } },
    },
  ]);
  return destructionOf(parts, policies, wanted);
};

/** @throws Problem `not-authorised` while approvals are missing, and where nothing may go */
export const destroy = async (
  parts: IncidentParts,
  policies: readonly Retention[],
  wanted: PrivateClass | null,
): Promise<Destroyed> => {
  const found = destructionOf(parts, policies, wanted);
  mustBeReady(found);
  const request = requestFor(parts, found.ready);
  if (request === undefined || found.given.length < NEED) throw unapproved(found.given.length);
  await parts.ledger.append([
    { kind: 'approval.used', pub: { asked: request.n, given: request.given.map(({ n }) => n) } },
  ]);
  parts.drafts.drop();
  let [keys, wiped] = [0, true];
  const gone: PrivateClass[] = [];
  for (const name of found.ready) {
    // Asked anew for each: another process may have laid a hold on it, or added what nobody signed for, while the one before was wiped.
    const now = destructionOf(parts, policies, name);
    const one = now.classes.find(({ state }) => state === 'due');
    if (gone.length === 0) mustBeReady(now);
    const signed = namesOf(parts, [name]).every((dek) => request.targets.includes(dek));
    if (gone.length === 0 && !signed) throw unapproved(0);
    if (one === undefined || !signed) continue;
    const done = shredOne(parts, one, request.n);
    gone.push(name);
    keys += done.keys;
    wiped &&= done.wiped;
  }
  parts.ledger.refresh();
  const at = formatUtc(parts.world.clock.now()).slice(0, 10);
  return { classes: gone, keys, wiped, at, exports: gone.length === 0 ? [] : dropExports(parts) };
};

const unapproved = (given: number): Problem =>
  new Problem('not-authorised', {
    rule: 'needs-approval',
    why: `destroying needs ${NEED} other people, and ${given} have approved it`,
    next: 'nothing stands in for them: firebreak approve ENTRY --print says what they sign',
  });

const shredOne = (
  { journal, actor }: IncidentParts,
  { class: name, policy }: Doomed,
  asked: number,
): ReturnType<IncidentParts['journal']['shred']> =>
  journal.shred(name, {
    actor,
    reason: 'retention',
    policy,
    beside: [{ kind: 'content.destroyed', actor, pub: { class: name, policy, asked } }],
  });

/** Exports hold content in clear. Those in the incident's own folder go with it; what was sent elsewhere is out of reach. */
const dropExports = ({ files, exportsFolder }: IncidentParts): readonly string[] => {
  const paths = files
    .list(exportsFolder)
    .filter(({ kind }) => kind === 'file')
    .map(({ name }) => join(exportsFolder, name));
  for (const path of paths) files.wipe(path);
  return paths;
};

const whyNot: Readonly<Record<Doomed['state'], (one: Doomed) => string>> = {
  nothing: () => 'nothing is left',
  held: ({ holds }) => `a legal hold keeps it (entry ${holds.join(', ')})`,
  open: () => 'the incident is open',
  'not-yet': ({ due }) => `kept until ${due === null ? 'it is closed' : formatUtc(due).slice(0, 10)}`,
  due: () => 'it may go',
};

const mustBeReady = ({ classes, ready }: Destruction): void => {
  if (ready.length > 0) return;
  throw new Problem('not-authorised', {
    rule: 'retention',
    why: `nothing may be destroyed. ${classes.map((one) => `${one.class}: ${whyNot[one.state](one)}`).join('; ')}`,
    next: 'firebreak journal policy shows the days and duties of keeping; firebreak journal lift ends a hold',
  });
};
