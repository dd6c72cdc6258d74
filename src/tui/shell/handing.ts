import type { PacketMade } from '../../app/contract.ts';
import { spoken } from '../../app/packet-words.ts';
import { keyOf } from '../keys.ts';
import type { PacketEffect } from '../packets.ts';
import { listed } from '../parts/line.ts';
import type { Block } from '../places.ts';
import type { Look } from '../theme.ts';
import { present, waiting, type Stage } from './stage.ts';

/** An incident goes to another machine: looked at first, then written, and left here. */

type About<Do> = Extract<PacketEffect, { do: Do }>;

const plan = async (stage: Stage, { to, out }: About<'plan-packet'>): Promise<void> =>
  waiting(
    stage,
    { what: 'reading whom it is for', keys: 'stoppable' },
    async () => present(stage.world()).packetPlan(to, out),
    (planned) => [{ do: 'form', purpose: { for: 'packet-confirm', plan: planned } }],
  );

/** A journal of a million entries is copied, verified and encrypted. */
const PATIENCE_MS = 10 * 60_000;

/** What the two say to each other, in the order in which they say it. */
const madeBlocks = (codename: string, made: PacketMade, look: Look): readonly Block[] => [
  { head: `HANDED OVER: ${codename} goes on at ${made.to}`, body: made.path, tone: 'good' },
  {
    head: 'Tell them',
    body: listed([
      '1. You bring or send this file; nobody else can open it.',
      '2. They type: firebreak resume --from FILE',
      `3. It shows a root. Read its first letters to each other: ${spoken(made.root)}`,
      `4. They type the codename: ${codename}`,
    ]),
  },
  ...(made.left.length === 0 ? [] : [{ head: 'Not inside', body: listed(made.left) }]),
  {
    head: 'Here',
    body: `It is only read from now on. Where the packet never gets there: open it, ${keyOf(look, 'incident:people')}, ${keyOf(look, 'people:keep')} (firebreak handover keep).`,
  },
  {
    head: 'What both sides compare',
    body: listed([
      `${made.size} entries, root ${made.root}`,
      `signed by ${made.vkey}`,
      `sha256 of the file ${made.sha256}`,
    ]),
    tone: 'dim',
  },
];

const hand = async (stage: Stage, { plan: planned }: About<'hand-packet'>): Promise<void> =>
  waiting(
    stage,
    { what: 'writing the packet', timeoutMs: PATIENCE_MS, keys: 'held' },
    async () => {
      const incident = present(stage.world());
      const made = await incident.packet(planned.line, planned.path);
      // It is handed over by now, whatever goes wrong with the leaving.
      await incident.leave().catch(() => undefined);
      return made;
    },
    (made) => {
      const { look } = stage.world();
      stage.enter(null, null);
      return [
        { do: 'home' },
        { do: 'read', title: 'Handed over', blocks: madeBlocks(planned.codename, made, look) },
      ];
    },
  );

export const performPacket = async (stage: Stage, effect: PacketEffect): Promise<void> =>
  effect.do === 'plan-packet' ? plan(stage, effect) : hand(stage, effect);
