import { APPROVAL_NAMESPACE } from '../base/approval.ts';
import { Problem } from '../base/problem.ts';
import { signSshsig } from '../base/sshsig.ts';
import type { Director } from '../drill/director.ts';
import { pace } from '../drill/pace.ts';
import { faultsFor } from '../drill/play.ts';
import type { Player } from '../drill/play.ts';
import { madeUpSeed } from '../drill/secrets.ts';
import { givenAnswer, kindOfFact } from '../drill/testing/given.ts';
import { progress } from '../incident/ready.ts';
import { stepsOf } from '../model/plan.ts';
import type { Prepared } from './contract.ts';
import type { DrillParts } from './drill-parts.ts';
import type { Runtime } from './incident.ts';

/** The hands of the scripted responder: the same door that a person has. */

const approvalOf = (runtime: Runtime, step: string) =>
  runtime.view().people.approvals.find((one) => one.step === step)?.approval ?? null;

/** People of the made-up company sign with made-up keys; which passphrase is typed does not matter. */
export const madeUpSignature = (runtime: Runtime, entry: number, person: string, seed: number): string =>
  signSshsig(madeUpSeed(seed, person), runtime.toSign(entry).text, APPROVAL_NAMESPACE);

const ALONE = 'Alone on call; to be reviewed.';

type Acts = Pick<Player, 'runStep' | 'undo' | 'stop' | 'approve'>;

const actsOf = (runtime: Runtime, seed: number): Acts => {
  const confirmed = async (prepared: Prepared, reason: string) =>
    await runtime.run(prepared, { yes: true, typed: prepared.phrase, reason });
  return {
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
      return await confirmed(again, reason);
    },
    undo: async (step) => {
      await confirmed(await runtime.prepareUndo(step), ALONE);
    },
    stop: async (item, what) => {
      await confirmed(await runtime.prepareItem(item, what), ALONE);
    },
    approve: async (step) => {
      await runtime.act({ do: 'ask-approval', step });
      const approval = approvalOf(runtime, step);
      if (approval === null || approval.asked === null) return;
      const { asked, could, given, need } = approval;
      const left = could.filter((person) => !given.some((one) => one.person === person));
      for (const person of left.slice(0, need - given.length)) {
        const signature = madeUpSignature(runtime, asked, person, seed);
        await runtime.act({ do: 'approve', asked, person, signature });
      }
    },
  };
};

export const playerOf = (runtime: Runtime, drill: DrillParts, director: Director): Player => {
  const { ledger, world, frozen } = runtime.parts;
  const credentials = frozen.inventory.credentials.map((row) => row.id);
  return {
    ...actsOf(runtime, drill.seed),
    now: () => world.clock.now(),
    progress: () => progress(ledger.state()),
    act: async (command) => {
      await runtime.act(command);
    },
    recheck: async (step) => await runtime.recheck(step),
    writeLetter: async (step, letter) => {
      const draft = await runtime.letter(letter);
      await runtime.saveLetter(draft, step);
      return { complete: draft.complete, missing: draft.missing };
    },
    meanwhile: async (step) => {
      await director.turn();
      for (const { instance, fault } of faultsFor(drill.drill, step))
        drill.systems.get(instance)?.fault(fault);
    },
    pass: async (ms) => {
      // What the last step made true is seen before time goes on.
      await director.turn();
      await director.pass(ms);
    },
    learn: async (fact, value, because) => {
      const { facts, plan } = ledger.state();
      const kind = kindOfFact(fact, plan === null ? [] : stepsOf(plan));
      const answer = givenAnswer(kind, value, drill.drill.earliest);
      const reason = because ?? 'It turned out so.';
      const stands = facts.get(fact)?.known === true;
      await runtime.act({ do: stands ? 'correct' : 'learn', fact, answer, reason });
    },
    over: () => director.over() !== null,
    pace: (step) => pace(drill.seed, step),
    made: drill.made,
    itemOf: (secret) => {
      const item = credentials.find((id) => id === secret || id.endsWith(`-${secret}`));
      if (item === undefined)
        throw new Problem('not-found', { what: 'inventory credential for the drill secret', id: secret });
      return item;
    },
  };
};
