import type { CollectReport, Confirmation, OpenIncident, Prepared, RunLine } from '../../app/contract.ts';
import { otherWay } from '../../app/other-way.ts';
import { MINUTE } from '../../base/duration.ts';
import type { Problem } from '../../base/problem.ts';
import { limits } from '../../model/limits.ts';
import { isScope, type ScopeEffect } from '../affected.ts';
import { isAudit, isInventory, type AuditEffect, type InventoryEffect } from '../audits.ts';
import { isMail, type MailEffect } from '../mail.ts';
import type { Effect } from '../screen.ts';
import { previewing } from '../screens/run/state.ts';
import { isPacket, type PacketEffect } from '../packets.ts';
import { troubleOf } from '../trouble.ts';
import { manualBlocks, recheckBlocks, rotationBlocks, scoreBlocks } from './blocks.ts';
import { unlock } from './unlock.ts';
import { performAudit } from './auditing.ts';
import { performInventory } from './comparing.ts';
import { examine } from './looking.ts';
import { declare, leaveIncident, openNamed, startDrill } from './entering.ts';
import { directDrill } from './chair.ts';
import { performScope } from './affected.ts';
import { performMail } from './mailing.ts';
import { isMove, type Move } from './navigate.ts';
import { performPacket } from './handing.ts';
import { leaveForReal } from './real-event.ts';
import { present, tell, troubleEffects, waiting, working, type Stage } from './stage.ts';

const run = async (stage: Stage, prepared: Prepared, confirmation: Confirmation): Promise<void> =>
  working(stage, 'run', null, async (stop) => {
    const heard = (line: RunLine): void => stage.send({ is: 'event', event: { is: 'heard', line } });
    return { is: 'report', report: await present(stage.world()).run(prepared, confirmation, heard, stop) };
  });

/** A preview only reads, so nobody has to wait for it; it is never shown to somebody who went on to something else. */
const prepare = async (stage: Stage, make: (incident: OpenIncident) => Promise<Prepared>): Promise<void> =>
  waiting(
    stage,
    { what: 'asking the systems what would happen', keys: 'stoppable' },
    async () => {
      const incident = present(stage.world());
      const prepared = await make(incident);
      return { prepared, rotation: await otherWay(incident, prepared) };
    },
    ({ prepared, rotation }) => [{ do: 'go', to: previewing(prepared, rotation) }],
  );

const rotate = async (stage: Stage, effect: Extract<Effect, { do: 'rotate' }>): Promise<void> => {
  const { plan, confirmation, given } = effect;
  const patience = (plan.place?.minutes ?? 0) * MINUTE * 2 + limits.callMs;
  return waiting(
    stage,
    { what: 'making, placing and proving the new one', timeoutMs: patience, keys: 'held' },
    async () =>
      present(stage.world()).rotate(plan, confirmation, given, () => undefined, new AbortController().signal),
    (report) => [{ do: 'read', title: plan.title, blocks: rotationBlocks(report, plan.step) }],
  );
};

const recheck = async (stage: Stage, step: string | null): Promise<void> =>
  waiting(
    stage,
    { what: 'asking the real systems again', keys: 'stoppable' },
    async () => present(stage.world()).recheck(step ?? undefined),
    (report) => [{ do: 'read', title: 'What the systems say now', blocks: recheckBlocks(report) }],
  );

const evidence = async (stage: Stage, effect: Extract<Effect, { do: 'evidence' }>): Promise<void> => {
  const { source, note, step } = effect;
  const about = step === null ? { note } : { note, step };
  return waiting(
    stage,
    { what: 'fetching and hashing the evidence', timeoutMs: limits.preserveMs, keys: 'free' },
    async () => present(stage.world()).addEvidence(source, about),
    (id) => [{ do: 'say', tone: 'good', text: `Evidence ${id} is kept.` }],
  );
};

/** Nobody waits for it: it may take long, and what came of it stands in the timeline, gap by gap. */
const collect = async (stage: Stage, step: string | null): Promise<void> =>
  waiting(
    stage,
    { what: 'reading the logs of the systems', timeoutMs: COLLECT_SHOWN_MS, keys: 'free' },
    async () => present(stage.world()).collect(step === null ? {} : { step }),
    (report) => [collectedWords(report)],
  );

const COLLECT_SHOWN_MS = 60 * 60_000;

const collectedWords = ({ lines, state, without }: CollectReport): Effect => {
  const count = (is: CollectReport['lines'][number]['is']): number =>
    lines.filter((line) => line.is === is).length;
  const had = count('whole') + count('already');
  const rest = without.length === 0 ? '' : ` No log to fetch: ${without.join(', ')}.`;
  return {
    do: 'say',
    tone: state === 'whole' ? 'good' : 'warn',
    text: `Logs: ${had} whole, ${count('partial')} in part, ${count('none')} not had; the timeline names what is missing.${rest}`,
  };
};

const showLetter = async (stage: Stage, letter: string, step: string | null): Promise<void> =>
  waiting(
    stage,
    { what: 'filling in the letter', keys: 'held' },
    async () => present(stage.world()).checkedLetter(letter),
    (checked) => [{ do: 'go', to: { at: 'letter', ...checked, step, text: false } }],
  );

const showManual = async (stage: Stage, step: string): Promise<void> =>
  waiting(
    stage,
    { what: 'looking the way by hand up', keys: 'stoppable' },
    async () => present(stage.world()).manual(step),
    (pages) => [{ do: 'read', title: 'By hand', blocks: manualBlocks(pages) }],
  );

/** Signs with the key that a passphrase opens, then records what was agreed to. */
const agree = async (stage: Stage, effect: Extract<Effect, { do: 'approve' | 'review' }>): Promise<void> =>
  waiting(
    stage,
    { what: 'opening the key of your colleague', timeoutMs: limits.connectMs, keys: 'held' },
    async () => {
      const incident = present(stage.world());
      const { person, passphrase } = effect;
      const sign = async (entry: number): Promise<string | null> =>
        passphrase === null ? null : await incident.sign(entry, person, { with: 'passphrase', passphrase });
      if (effect.do === 'approve') {
        const { asked } = effect;
        await incident.act({ do: 'approve', asked, person, signature: (await sign(asked)) ?? '' });
      } else {
        const { override, agrees, comment } = effect;
        const signature = await sign(override);
        await incident.act({ do: 'review', override, person, agrees, comment, signature });
      }
    },
    () => [
      {
        do: 'say',
        tone: 'good',
        text: `${effect.do === 'approve' ? 'Approved' : 'Reviewed'} by ${effect.person}.`,
      },
      ...(effect.do === 'approve' && effect.mailing !== undefined
        ? [{ do: 'mailing' as const, asked: effect.mailing }]
        : []),
    ],
  );

type Writing<Do> = Extract<Effect, { do: Do }>;

const writeExport = async (stage: Stage, { format, out, asked }: Writing<'export'>): Promise<void> =>
  waiting(
    stage,
    { what: 'writing the export', keys: 'held' },
    async () => {
      const left: string[] = [];
      const without = (extension: string, why: Problem): void =>
        void left.push(`No .${extension} was written: ${troubleOf(why, stage.world().look).failed}.`);
      return { paths: await present(stage.world()).export(format, out, { ...asked, without }), left };
    },
    ({ paths, left }) => [
      { do: 'read', title: 'Written', blocks: [...paths, ...left].map((body) => ({ head: '', body })) },
    ],
  );

const writePaper = async (stage: Stage, { asked, out }: Writing<'paper'>): Promise<void> =>
  waiting(
    stage,
    { what: 'writing the letter', keys: 'held' },
    async () => present(stage.world()).writePaper(asked, out, false),
    ({ path, complete, replaced }) => [
      {
        do: 'read',
        title: complete ? 'Written, not sent' : 'Written as a draft, not sent',
        blocks: [
          { head: '', body: path },
          ...(replaced.length === 0
            ? []
            : [{ head: 'No font has', body: `${replaced.join(' ')}; the file shows each as \\u{...}` }]),
        ],
      },
    ],
  );

const finishDrill = async (stage: Stage): Promise<void> => {
  const { drill } = stage.world();
  if (drill === null) return;
  await waiting(
    stage,
    { what: 'scoring the drill', keys: 'held' },
    async () => drill.finish(),
    (score) => [{ do: 'read', title: 'Score', blocks: scoreBlocks(score, drill.truth) }],
  );
};

/** What is written down at once, and said once it is. */
const record = async (
  stage: Stage,
  said: string,
  write: (incident: OpenIncident) => Promise<void>,
): Promise<void> => {
  await write(present(stage.world()));
  tell(stage, { do: 'say', tone: 'good', text: said });
};

type Preparing = Extract<Effect, { do: 'prepare' | 'prepare-release' | 'prepare-item' }>;

const preparing = async (incident: OpenIncident, effect: Preparing): Promise<Prepared> => {
  switch (effect.do) {
    case 'prepare':
      return effect.direction === 'do' ? incident.prepare(effect.step) : incident.prepareUndo(effect.step);
    case 'prepare-release':
      return incident.prepareRelease();
    case 'prepare-item':
      return incident.prepareItem(effect.item, effect.what);
  }
};

type Look = Extract<Effect, { do: 'seen' | 'messages-read' | 'acknowledge-page' }>;
const isLook = (effect: Effect): effect is Look =>
  effect.do === 'seen' || effect.do === 'messages-read' || effect.do === 'acknowledge-page';

/** What a person has looked at is no news any more. */
const looked = async (stage: Stage, { do: what }: Look): Promise<void> => {
  if (what === 'seen') return stage.markSeen();
  stage.markRead();
  if (what === 'acknowledge-page') await stage.world().drill?.acknowledge();
};

/** What is performed elsewhere, or is no work at all. */
type Apart =
  | Look
  | Move
  | AuditEffect
  | InventoryEffect
  | PacketEffect
  | MailEffect
  | ScopeEffect
  | { do: 'stop' | 'rotate' | 'direct' | 'real-event' };

const start = async (stage: Stage, effect: Exclude<Effect, Apart>): Promise<void> => {
  switch (effect.do) {
    case 'act':
      return record(stage, effect.said, async (incident) => incident.act(effect.command));
    case 'declare':
      return declare(stage, effect.input);
    case 'open':
      return openNamed(stage, effect.id, effect.takeOver);
    case 'drill':
      return startDrill(stage, effect.runbook);
    case 'prepare':
    case 'prepare-release':
    case 'prepare-item':
      return prepare(stage, (incident) => preparing(incident, effect));
    case 'run':
      return run(stage, effect.prepared, effect.confirmation);
    case 'recheck':
      return recheck(stage, effect.step);
    case 'manual':
      return showManual(stage, effect.step);
    case 'letter':
      return showLetter(stage, effect.letter, effect.step);
    case 'save-letter':
      return record(stage, 'Draft saved to the journal. It was not sent.', async (incident) =>
        incident.saveLetter(effect.draft, effect.step),
      );
    case 'evidence':
      return evidence(stage, effect);
    case 'collect':
      return collect(stage, effect.step);
    case 'approve':
    case 'review':
      return agree(stage, effect);
    case 'export':
    case 'paper':
      return effect.do === 'export' ? writeExport(stage, effect) : writePaper(stage, effect);
    case 'unlock':
      return unlock(stage.world().app, stage.send, effect.typed);
    case 'doctor':
    case 'finish-drill':
      return effect.do === 'doctor' ? examine(stage) : finishDrill(stage);
    case 'leave-incident':
      return leaveIncident(stage);
    case 'suspend':
    case 'repaint':
      return effect.do === 'suspend' ? stage.suspend() : stage.repaint();
    case 'quit':
      return tell(stage, effect);
  }
};

/** Performs an effect; whatever goes wrong is told to the person, puts `back` what they typed, and never ends the app. */
export const perform = async (stage: Stage, effect: Effect, back: readonly Effect[] = []): Promise<void> => {
  try {
    if (effect.do === 'stop') stage.running.get(effect.job)?.abort();
    else if (isMail(effect)) await performMail(stage, effect);
    else if (isScope(effect)) await performScope(stage, effect);
    else if (isAudit(effect)) await performAudit(stage, effect);
    else if (isInventory(effect)) await performInventory(stage, effect);
    else if (isPacket(effect)) await performPacket(stage, effect);
    else if (effect.do === 'rotate') await rotate(stage, effect);
    else if (effect.do === 'direct') await directDrill(stage, effect.direction);
    else if (effect.do === 'real-event') await leaveForReal(stage);
    else if (isMove(effect)) tell(stage, effect);
    else if (isLook(effect)) await looked(stage, effect);
    else await start(stage, effect);
  } catch (error) {
    tell(stage, ...troubleEffects(troubleOf(error, stage.world().look)), ...back);
  }
};
