import { keyOf } from '../keys.ts';
import type { Block, PageState } from '../places.ts';
import type { StepView } from '../../projections/incident.ts';
import { listed } from '../parts/line.ts';
import { signOfStep } from '../theme.ts';
import { reading } from '../screens/page/page.ts';
import type { World } from '../screen.ts';

const ended: ReadonlySet<StepView['status']> = new Set(['done', 'hand', 'skip', 'void']);

/** The phase of the step to take now; null once nothing is left. */
export const phaseNow = (world: World): string | null => world.view?.progress.current?.step.phase ?? null;

const rows = (steps: readonly StepView[], world: World): string =>
  listed(steps.map(({ step, status }) => `${signOfStep(status, world.look).word.padEnd(11)}${step.title}`));

/**
 * Says how each step of a phase ended, so that nothing was left out unseen. Null before that. Its goal is said to be reached only where
 * no step was left out.
 */
export const phaseEnd = (phase: string, world: World): PageState | null => {
  const { view } = world;
  const about = view?.state.plan?.phases.find(({ id }) => id === phase);
  const steps = view?.progress.steps.filter(({ step }) => step.phase === phase) ?? [];
  if (about === undefined || steps.length === 0 || steps.some(({ status }) => !ended.has(status)))
    return null;
  const skipped = steps.filter(({ status }) => status === 'skip');
  const next = view?.state.plan?.phases.find(({ id }) => id === phaseNow(world));
  const blocks: readonly Block[] = [
    skipped.length === 0
      ? { head: `COMPLETE: ${about.goal}`, body: rows(steps, world), tone: 'good' }
      : { head: `NOT COMPLETE. The goal was: ${about.goal}`, body: rows(steps, world), tone: 'warn' },
    ...(skipped.length === 0
      ? []
      : [
          {
            head: `${skipped.length} left out`,
            body: `Each has its reason in the journal. ${keyOf(world.look, 'step:reopen')} on its step opens it again.`,
            tone: 'warn' as const,
          },
        ]),
    next === undefined
      ? {
          head: 'Nothing is left to do',
          body: `${keyOf(world.look, 'step:export')} exports the brief and the timeline; ${keyOf(world.look, 'step:close')} closes the incident.`,
        }
      : { head: `Next: ${next.title}`, body: `Goal: ${next.goal}` },
  ];
  return reading(`Phase ${skipped.length === 0 ? 'complete' : 'over'}: ${about.title}`, blocks);
};
