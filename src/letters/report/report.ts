import { formatLocal, formatUtc, type Instant } from '../../base/instant.ts';
import { gdprTasks, pciElements } from '../../model/cadence.ts';
import { RATING_RULE, ratingWords } from '../../projections/after-action/objectives.ts';
import { SILENCE_MINUTES } from '../../projections/after-action/timeline.ts';
import type { AfterAction } from '../../projections/after-action/view.ts';
import { standingWord } from '../../projections/countdowns.ts';
import { SEALED } from '../../projections/facts.ts';
import { turnWords } from '../../projections/programme/cadence.ts';
import type { Block } from '../body.ts';
import { tested } from './tested.ts';
import { heading, list, mark, paragraph, plain, strong, table, title } from './parts.ts';

/** The report after a drill, chapter by chapter. It speaks of systems, steps and figures; it ranks nobody. */
export const reportBlocks = (view: AfterAction): readonly Block[] => [
  ...cover(view),
  ...result(view),
  ...objectives(view),
  ...timeline(view),
  ...clocks(view),
  heading('5. What went well'),
  list(view.well, 'No target was met and no reaction came early.'),
  heading('6. What got in the way'),
  list(view.hindered, 'No target was missed, nothing was left unsure, nothing had to be done by hand.'),
  ...wrongMoves(view),
  heading('8. The runbook'),
  list(view.runbook, 'No step was left out or took more than twice its time-box.'),
  ...coverage(view),
  ...tested(view),
  ...improvements(view),
  ...comparison(view),
  ...blanks,
  ...next(view),
];

const both = (at: Instant, zone: string): string =>
  `${formatLocal(at, zone)} / ${formatUtc(at).slice(0, 16).replace('T', ' ')}Z`;

const cover = ({ record, scenario, company, zone, plan, participants }: AfterAction): readonly Block[] => [
  title(
    `After-action report: ${scenario.title === '' ? (record.runbook ?? record.codename) : scenario.title}`,
  ),
  paragraph(
    strong('An exercise. Nothing in this report has happened. TLP:AMBER'),
    plain(`${company}: drill ${record.codename} (${record.id}), runbook ${record.runbook ?? 'none'}`),
    plain(
      `Begun ${both(record.begunAt, zone)}, played by ${record.by === 'people' ? 'people' : 'the scripted responder alone: it shows that the runbook works, and nothing about people'}`,
    ),
    plain(
      `Scenario version ${scenario.version === '' ? 'not kept' : scenario.version}, plan SHA-256 ${plan}, seed ${record.card?.seed ?? 'unknown'}`,
    ),
  ),
  table(
    ['Role', 'Who took part'],
    [1, 2],
    participants.map(({ role, person }) => ({ cells: [role, person] })),
  ),
];

const lights = {
  green: 'GREEN: passed, every target met, no wrong move.',
  amber: 'AMBER: passed, with missed targets or wrong moves.',
  red: 'RED: not passed.',
  'cut short':
    'CUT SHORT: something real happened, and the people were needed there. It counts as no drill held.',
  'not scored': 'NOT SCORED: it was not played to its end.',
} as const satisfies Readonly<Record<AfterAction['light'], string>>;

const result = ({ light, record, objectives: rows }: AfterAction): readonly Block[] => {
  const { card } = record;
  const met = card?.measures.filter((one) => one.met).length ?? 0;
  const holds = card?.ends.filter((one) => one.holds).length ?? 0;
  const performed = rows.filter(({ rating }) => rating === 'P').length;
  const contained = card?.measures.find(({ id }) => id === 'contain');
  return [
    heading('1. Result'),
    paragraph([
      { is: light === 'green' ? 'strong' : 'mark', text: lights[light] },
      {
        is: 'plain',
        text:
          card === null
            ? ' There is no scorecard, so what follows is the timeline alone.'
            : ` ${met} of ${card.measures.length} targets were met, ${holds} of ${card.ends.length} things that must be true at the end are true, ${performed} of ${rows.length} objectives were performed without challenges. ${contained === undefined ? '' : `Containment, proved: ${contained.value} (target ${contained.target}). `}${card.traps.length} wrong moves were made. ${record.items.length} improvements are written down.`,
      },
    ]),
    table(
      ['Measure', 'Result', 'Target', 'Met'],
      [5, 3, 3, 1],
      (card?.measures ?? []).map(({ title: name, value, target, met: good }) => ({
        cells: [name, value, target, good ? 'yes' : mark('NO')],
        marked: !good,
      })),
    ),
  ];
};

const objectives = ({ objectives: rows }: AfterAction): readonly Block[] => [
  heading('2. Objectives'),
  paragraph(plain(RATING_RULE)),
  rows.length === 0
    ? paragraph(plain('This scenario names no objectives.'))
    : table(
        ['Objective', 'Rating', 'Held', 'Not held'],
        [4, 2, 5, 4],
        rows.map(({ says, rating, held, missed, unmeasured }) => ({
          cells: [
            says,
            strong(`${rating} ${ratingWords[rating]}`),
            held.join('; '),
            [...missed, ...unmeasured.map((id) => `${id} not measured`)].join('; '),
          ],
          marked: rating === 'M' || rating === 'U',
        })),
      ),
];

const timeline = ({ timeline: rows }: AfterAction): readonly Block[] => [
  heading('3. Messages beside responses'),
  paragraph(
    plain(
      `T+ are minutes of the drill since the page. A shaded row is a gap: what a message asked for was not done or came later than asked, a wrong move, or more than ${SILENCE_MINUTES} minutes without a word of anybody.`,
    ),
  ),
  table(
    ['T+', 'Message', 'Response', 'Gap'],
    [1, 6, 5, 3],
    rows.map(({ minute, message, response, gap }) => ({
      cells: [String(minute), message, response, gap === null ? '' : mark(`GAP: ${gap}`)],
      marked: gap !== null,
    })),
  ),
];

const clocks = ({ clocks: views, zone }: AfterAction): readonly Block[] => [
  heading('4. Clocks'),
  views.length === 0
    ? paragraph(plain('No clock of ours ran.'))
    : table(
        ['Duty', 'Stands', 'Due', 'Submitted', 'Counted from'],
        [4, 3, 3, 2, 4],
        views.map((view) => ({
          cells: [
            `${view.title} (${view.duty})`,
            `${standingWord[view.standing]}${view.provisional && view.standing !== 'provisional' ? ' (provisional)' : ''}`,
            view.due === null ? (view.wording ?? '') : both(view.due, zone),
            view.submittedAt === null ? '' : both(view.submittedAt, zone),
            view.startedBecause,
          ],
          marked: view.standing === 'overdue' || view.standing === 'met-late' || view.provisional,
        })),
      ),
];

const wrongMoves = ({ record }: AfterAction): readonly Block[] => [
  heading('7. Wrong moves'),
  list(
    (record.card?.traps ?? []).map(
      ({ says, instead, kind, points, minute }) =>
        `${minute === null ? '' : `T+${minute}: `}${says} (${kind}, ${points} points). Better: ${instead}. Why it made sense then: ____________________`,
    ),
    'None of the wrong moves that the scenario watches for was made.',
  ),
];

const tick = (covered: boolean): string => (covered ? 'practised' : '-');

const coverage = ({ scenario, participants }: AfterAction): readonly Block[] => [
  heading('9. Coverage'),
  paragraph(
    plain(
      'A tick says that the scenario practises it, and the chapters above say how well. The elements of PCI DSS 12.10.1 are in our words; an assessor goes by the text of the standard.',
    ),
  ),
  table(
    ['PCI DSS 12.10.1', 'What it asks for', 'Here'],
    [2, 7, 2],
    Object.entries(pciElements).map(([id, says]) => ({
      cells: [id, says, tick(scenario.covers.pci.includes(id))],
    })),
  ),
  table(
    ['GDPR', 'Task', 'Here'],
    [2, 7, 2],
    Object.entries(gdprTasks).map(([id, says]) => ({
      cells: [`Art. ${id.replace('.', '(')})`, says, tick(scenario.covers.gdpr.includes(id))],
    })),
  ),
  paragraph(
    plain(
      `Roles exercised: ${[...new Set(participants.map(({ role }) => role))].filter((role) => role !== 'without a role').join(', ') || 'nobody took one'}.`,
    ),
  ),
];

const improvements = ({ record }: AfterAction): readonly Block[] => [
  heading('11. Improvement plan'),
  record.items.length === 0
    ? paragraph(
        plain(
          `Nothing is written down yet: firebreak drill items add ${record.codename} --observation ... --action ... --owner ... --due ...`,
        ),
      )
    : table(
        ['Item', 'Observed', 'Cause', 'Action', 'Owner', 'Due', 'Stands'],
        [3, 5, 4, 5, 2, 2, 3],
        record.items.map(({ name, observation, cause, action, owner, due, priority, closed }) => ({
          cells: [
            `${name} (${priority})`,
            observation ?? SEALED,
            cause ?? '',
            action ?? SEALED,
            owner,
            due,
            closed === null
              ? 'open'
              : closed.how === 'retest'
                ? `closed by drill ${closed.retest ?? ''}`
                : `closed: ${closed.evidence ?? SEALED}`,
          ],
        })),
      ),
];

const comparison = ({ comparison: rows, earlier, record, zone }: AfterAction): readonly Block[] => [
  heading('12. Compared with earlier drills'),
  ...(earlier.length === 0
    ? [
        paragraph(
          plain('There is no earlier drill of this runbook, played in the same way, to compare with.'),
        ),
      ]
    : [
        paragraph(
          plain(
            `Oldest first: ${[...earlier, record].map(({ codename, begunAt }) => `${codename} (${formatLocal(begunAt, zone, 'date')})`).join(', ')}.`,
          ),
        ),
        table(
          ['Measure', 'Target', 'Earlier', 'Now', 'Trend'],
          [5, 3, 4, 3, 1],
          rows.map(({ title: name, target, points, spark }) => ({
            cells: [
              name,
              target,
              points
                .slice(0, -1)
                .map((point) => point?.value ?? 'not measured')
                .join(', '),
              points.at(-1)?.value ?? '',
              spark,
            ],
          })),
        ),
      ]),
];

const LINE = '______________________________';

const blanks: readonly Block[] = [
  heading('13. Feedback of the participants'),
  paragraph(plain(`What helped most: ${LINE}${LINE}`)),
  paragraph(plain(`What was missing: ${LINE}${LINE}`)),
  paragraph(plain(`What was not like a real night: ${LINE}${LINE}`)),
  heading('14. Sign-off'),
  paragraph(plain(`Manager: ${LINE}   Date: ______________`)),
  paragraph(plain(`Data protection officer: ${LINE}   Date: ______________`)),
];

const next = ({ next: { programme, scenario } }: AfterAction): readonly Block[] => [
  heading('15. Next drill'),
  paragraph(
    plain(
      `Any scenario: ${turnWords(programme)}. ${scenario === null ? '' : `This scenario: ${turnWords(scenario)}.`}`,
    ),
  ),
];
