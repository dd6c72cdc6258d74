import type { Finding } from '../../../app/contract.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { lookBegun, lookHeard } from '../../parts/looking.ts';
import type { DoctorState } from '../../places.ts';
import { doing, stay, type Next, type Press, type ScreenEvent, type World } from '../../screen.ts';

export const examining = ({ app, now }: World): DoctorState => ({
  at: 'doctor',
  whose: app.whose,
  stage: 'running',
  ...lookBegun(now),
  findings: null,
  stopped: false,
  chosen: 0,
  open: [],
  trouble: null,
});

const badness: Readonly<Record<Finding['state'], number>> = { broken: 0, warning: 1, ok: 2 };
const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => badness[a.state] - badness[b.state]);

/** A report about other systems than those of the app now is none: it is not shown, whatever led here. */
export const shownFindings = ({ findings, whose }: DoctorState, { app }: World): readonly Finding[] | null =>
  whose === app.whose ? findings : null;

export const doctorScreenDisabled = (id: string, state: DoctorState, world: World): string | null => {
  if (id === 'doctor:again') return state.stage === 'running' ? 'the checks go on: esc stops them' : null;
  if (id !== 'doctor:fold') return null;
  if (state.stage === 'running') return 'nothing is found before every check has answered';
  return (shownFindings(state, world)?.length ?? 0) > 0 ? null : 'nothing was found yet: r asks';
};

const toggled = (open: readonly number[], at: number): readonly number[] =>
  open.includes(at) ? open.filter((one) => one !== at) : [...open, at];

export const pressDoctor = (state: DoctorState, press: Press, world: World): Next<DoctorState> => {
  if (press.is !== 'command') return stay(state);
  const total = shownFindings(state, world)?.length ?? 0;
  const moved = moveBy(press.id, state.chosen, total);
  if (moved !== null) return stay({ ...state, chosen: moved });
  switch (press.id) {
    case 'doctor:fold':
      return stay({ ...state, open: toggled(state.open, clamp(state.chosen, total)) });
    case 'doctor:again':
      return doing(state, { do: 'doctor' });
    case 'app:back':
      return state.stage === 'running'
        ? doing(state, { do: 'stop', job: 'doctor' })
        : doing(state, { do: 'back' });
    default:
      return stay(state);
  }
};

/** What is worst is read first: it lies open. */
const ended = (state: DoctorState, told: readonly Finding[] | null): DoctorState => {
  const findings = told === null ? null : worstFirst(told);
  const [worst] = findings ?? [];
  const open = worst !== undefined && worst.state !== 'ok' ? [0] : [];
  return { ...state, stage: 'ended', under: [], findings, stopped: findings === null, open };
};

export const hearDoctor = (state: DoctorState, event: ScreenEvent, { now }: World): Next<DoctorState> => {
  if (event.is === 'checking') return stay({ ...state, ...lookHeard(state, event, now) });
  if (event.is === 'examined') return stay(ended(state, event.findings));
  return event.is === 'failed'
    ? stay({ ...state, stage: 'ended', under: [], trouble: event.trouble })
    : stay(state);
};
