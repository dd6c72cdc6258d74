import type { PlannedStep } from '../../model/plan.ts';
import { adviceFor } from '../../projections/decisions.ts';
import type { World } from '../screen.ts';
import { labelled, type Line } from './line.ts';

const question = {
  authority: { yes: 'NOTIFY the authority (GDPR 33)', no: 'no notice to the authority (GDPR 33)' },
  people: { yes: 'TELL the people (GDPR 34)', no: 'no letter to the people (GDPR 34)' },
} as const;

/** What the notification rules say about a decision: the answer, its first reason, the first one against it, what to find out. */
export const adviceRows = (step: PlannedStep, world: World, width: number): readonly Line[] => {
  const advice = world.view === null ? null : adviceFor(step, world.view.state);
  if (advice === null) return [];
  const { about, point, severity, open } = advice;
  const [because] = point.because;
  const [against] = point.against;
  const decisive = open.filter(({ decisive: alone }) => alone);
  return [
    ...labelled(
      'Rules say',
      `${question[about][point.yes ? 'yes' : 'no']}${because === undefined ? '' : `: ${because}`}`,
      width,
      point.yes ? 'warn' : 'plain',
    ),
    ...(against === undefined ? [] : labelled('Against', against, width)),
    ...labelled('Severity', `${(severity.points / 100).toFixed(2)} of 6, ${severity.band} (ENISA)`, width),
    ...(decisive.length === 0
      ? []
      : labelled('Find out', decisive.map(({ fact }) => fact).join(', '), width, 'warn')),
  ];
};
