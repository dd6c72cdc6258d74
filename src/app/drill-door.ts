import { APPROVAL_NAMESPACE } from '../base/approval.ts';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { signSshsig } from '../base/sshsig.ts';
import type { VirtualClock } from '../drill/clock.ts';
import { dueInjects, injectsSoFar } from '../drill/injects.ts';
import { faultsFor, play } from '../drill/play.ts';
import type { Player } from '../drill/play.ts';
import { madeUpSeed } from '../drill/secrets.ts';
import { score } from '../drill/score.ts';
import type { Systems } from '../drill/systems.ts';
import type { World } from '../engine/world.ts';
import { progress } from '../incident/ready.ts';
import type { DrillSource } from '../model/drill.ts';
import type { OpenDrill, Scorecard } from './contract.ts';
import type { Runtime } from './incident.ts';
import { clocksOf } from './views.ts';

/** The door of a drill: that of any incident, and beside it the messages, the scripted responder and the score. */

export type DrillParts = Readonly<{
  world: World;
  systems: Systems;
  drill: DrillSource;
  start: Instant;
  /** Set in an unattended drill. */
  clock: VirtualClock | null;
  made: (name: string) => string;
  seed: number;
}>;

/** One delivery at a time: a message that is being written down has not arrived yet, and would come twice. */
const delivery = (runtime: Runtime, { drill, start, world }: DrillParts): (() => Promise<void>) => {
  const { ledger } = runtime.parts;
  let before: Promise<unknown> = Promise.resolve();
  return async () => {
    const next = before.then(async () => {
      const due = dueInjects(drill, ledger.entries(), start, world.clock.now());
      if (due.length > 0) await ledger.append(due);
    });
    before = next.catch(() => undefined);
    await next;
  };
};

const approvalOf = (runtime: Runtime, step: string) =>
  runtime.view().people.approvals.find((one) => one.step === step)?.approval ?? null;

/** People of the made-up company sign with made-up keys; which passphrase is typed does not matter. */
const madeUpSignature = (runtime: Runtime, entry: number, person: string, seed: number): string =>
  signSshsig(madeUpSeed(seed, person), runtime.toSign(entry).text, APPROVAL_NAMESPACE);

const playerOf = (runtime: Runtime, drill: DrillParts, deliver: () => Promise<void>): Player => {
  const { ledger, world, frozen } = runtime.parts;
  const credentials = frozen.inventory.credentials.map((row) => row.id);
  return {
    now: () => world.clock.now(),
    progress: () => progress(ledger.state()),
    act: async (command) => {
      await runtime.act(command);
    },
    runStep: async (step, reason) => {
      const prepared = await runtime.prepare(step);
      for (const preserve of prepared.preserve) {
        await runtime.act({
          do: 'waive',
          step,
          preserve,
          reason: 'Active misuse: the credential dies first.',
        });
      }
      const again = prepared.preserve.length === 0 ? prepared : await runtime.prepare(step);
      return await runtime.run(again, { yes: true, typed: again.phrase, reason });
    },
    approve: async (step) => {
      await runtime.act({ do: 'ask-approval', step });
      const approval = approvalOf(runtime, step);
      if (approval === null || approval.asked === null) return;
      const { asked, could, given, need } = approval;
      const left = could.filter((person) => !given.some((one) => one.person === person));
      for (const person of left.slice(0, need - given.length)) {
        const signature = madeUpSignature(runtime, asked, person, drill.seed);
        await runtime.act({ do: 'approve', asked, person, signature });
      }
    },
    recheck: async (step) => await runtime.recheck(step),
    writeLetter: async (step, letter) => {
      const draft = await runtime.letter(letter);
      await runtime.saveLetter(draft, step);
      return { complete: draft.complete, missing: draft.missing };
    },
    meanwhile: async (step) => {
      await deliver();
      for (const { instance, fault } of faultsFor(drill.drill, step))
        drill.systems.get(instance)?.fault(fault);
    },
    pass: async (ms) => {
      await world.clock.sleep(ms);
    },
    made: drill.made,
    itemOf: (secret) => {
      const item = credentials.find((id) => id === secret || id.endsWith(`-${secret}`));
      if (item === undefined)
        throw new Problem('not-found', { what: 'inventory credential for the drill secret', id: secret });
      return item;
    },
  };
};

const scored = (runtime: Runtime, parts: DrillParts): Scorecard => {
  const { ledger, frozen, world, zone } = runtime.parts;
  const state = ledger.state();
  const clocks = clocksOf(state, frozen, world.clock.now(), zone);
  const { drill, start, seed } = parts;
  return {
    ...score({ drill, state, progress: progress(state), clocks, truth: parts.systems.truth(), start }),
    seed,
  };
};

/** Opens with the messages that are due by then: the page has come before anybody looks. */
export const drillDoor = async (runtime: Runtime, parts: DrillParts): Promise<OpenDrill> => {
  const { ledger } = runtime.parts;
  const deliver = delivery(runtime, parts);
  await deliver();
  return {
    ...runtime,
    sign: (entry, person) => Promise.resolve(madeUpSignature(runtime, entry, person, parts.seed)),
    seed: parts.seed,
    story: parts.drill.story,
    injects: () => injectsSoFar(ledger.entries(), ledger.reveal),
    clipboard: (item) => (Object.hasOwn(parts.drill.secrets ?? {}, item) ? parts.made(item) : null),
    watch: (changed) =>
      runtime.watch(() => {
        // A message that is due arrives with the tick; a journal that refuses it is met, and told, by the next command.
        void deliver().catch(() => undefined);
        changed();
      }),
    auto: async (heard) => {
      if (parts.clock === null)
        throw new Problem('usage', { why: 'this drill is played by people; start one with --auto' });
      await play(playerOf(runtime, parts, deliver), parts.drill, heard);
    },
    finish: async () => {
      const card = scored(runtime, parts);
      const { passed, seed } = card;
      await ledger.append([
        {
          kind: 'drill.scored',
          pub: { passed, seed },
          priv: { scorecard: { class: 'staff', value: JSON.stringify(card) } },
        },
      ]);
      if (ledger.state().phase === 'open' && passed) {
        await runtime.act({
          do: 'close',
          outcome: 'drill-ended',
          summary: 'The drill was played to its end.',
        });
      }
      return card;
    },
    leave: async () => {
      await runtime.leave();
      await parts.systems.close();
    },
  };
};
