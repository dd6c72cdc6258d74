import type { App } from '../../app/contract.ts';
import type { Effect } from '../screen.ts';
import type { Message } from './model.ts';
import { perform } from './perform.ts';
import type { Stage } from './stage.ts';

/** Starts effects: a run begins after what was recorded before it, and never holds up a note written meanwhile. */
export const openWorks = (
  stage: Stage,
  ended: () => void,
): Readonly<{ begin: (effect: Effect, back: readonly Effect[]) => void; idle: () => Promise<void> }> => {
  const underWay = new Set<Promise<void>>();
  let recorded: Promise<void> = Promise.resolve();
  return {
    begin(effect, back) {
      const inOrder = effect.do === 'act' || effect.do === 'run';
      const work = inOrder
        ? recorded.then(async () => perform(stage, effect, back))
        : perform(stage, effect, back);
      if (effect.do === 'act') recorded = work;
      underWay.add(work);
      void work.finally(() => {
        underWay.delete(work);
        ended();
      });
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};

/**
 * The first picture comes before the definitions. What is typed until they are there waits for them, in order, but for the
 * way out: a key must not find fewer rows than the person will see.
 */
export const openKnowing = (
  app: App,
  known: (error: unknown, typed: readonly Message[]) => void,
): Readonly<{ begin: () => void; holds: (message: Message) => boolean }> => {
  let typed: Message[] | null = app.learned() ? null : [];
  let begun = app.learned();
  const end = (error: unknown): void => {
    const waited = typed ?? [];
    typed = null;
    known(error, waited);
  };
  return {
    begin: () => {
      if (begun) return;
      begun = true;
      app.learn().then(() => end(null), end);
    },
    holds: (message) => {
      if (typed === null || (message.is !== 'key' && message.is !== 'paste')) return false;
      if (message.is === 'key' && message.key.ctrl && message.key.name !== 'j') return false;
      typed.push(message);
      return true;
    },
  };
};
