import type { ActionInput } from '../../connectors/connector.ts';
import { stepsOf } from '../../model/plan.ts';
import type { Target } from '../../model/plan.ts';
import type { IncidentState } from '../../incident/state.ts';
import type { Ordered } from '../../incident/release-order.ts';
import type { Prepared, Request } from '../prepare.ts';

/** One thing of a release, as the engine meets it: the undo of one step, or of something outside any, on one target. */

export const targetOf = ({ item, instance, action }: Ordered): Target => ({
  item,
  instance: instance === '' ? null : instance,
  connector: null,
  action: action === '' ? null : action,
});

const inputOf = (state: IncidentState, step: string | null): ActionInput => {
  const found = (state.plan === null ? [] : stepsOf(state.plan)).find(({ id }) => id === step);
  return found?.kind === 'act' ? found.input : {};
};

/** The same as an undo of its own would ask: agreed to with the whole, so it asks for nobody a second time. */
export const requestOf = (state: IncidentState, whole: Request, one: Ordered): Request => ({
  step: one.step,
  title: whole.title,
  direction: 'undo',
  targets: [targetOf(one)],
  input: inputOf(state, one.step),
  friction: 'yes',
  reversible: true,
  unconfirmed: false,
  effect: 'reversible',
  fallback: 'Switch it on again at the vendor, as it was before, and record what you saw.',
  approval: null,
  preserve: [],
  planSha256: whole.planSha256,
});

/** What was shown of this one alone: the engine looks in it for what only a person was to do. */
export const preparedOf = (whole: Prepared, request: Request, place: number): Prepared => ({
  ...whole,
  step: request.step,
  request,
  targets: whole.targets.slice(place, place + 1),
});
