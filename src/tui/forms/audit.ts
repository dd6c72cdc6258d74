import type { AuditFormat, AuditReport } from '../../app/contract.ts';
import type { AuditAnswer } from '../audits.ts';
import { paragraph, type Line } from '../parts/line.ts';
import type { AuditAnswerPurpose, AuditFilePurpose } from '../places.ts';
import type { World } from '../screen.ts';
import { given, type FormKind, type Option, type Values } from './form.ts';

/** What a person adds to an audit, and the report as a file. */

const answers: readonly (Option & Readonly<{ id: AuditAnswer }>)[] = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
  { id: 'unknown', title: 'Not known', note: 'an answer too: it stays a finding until somebody knows' },
];

export const auditAnswerForm: FormKind<AuditAnswerPurpose> = {
  spec: ({ asks }) => ({
    title: 'Answer what no system tells',
    above: (width) => [
      ...paragraph(asks, width, 'strong'),
      ...paragraph(
        'Kept with your name and the date. It is asked again when it has grown old.',
        width,
        'dim',
      ),
    ],
    fields: [
      { is: 'one', open: true, id: 'answer', label: 'Answer', options: answers },
      { is: 'line', id: 'note', label: 'What you looked at (no secrets)', optional: true },
    ],
    does: 'keep the answer',
  }),
  complete({ question }, values) {
    const answer = answers.find(({ id }) => id === given(values, 'answer'))?.id;
    return answer === undefined
      ? []
      : [{ do: 'back' }, { do: 'answer-audit', question, answer, note: given(values, 'note') }];
  },
};

const formats: readonly (Option & Readonly<{ id: AuditFormat }>)[] = [
  { id: 'json', title: 'json', note: 'everything, as firebreak audit --json prints it' },
  { id: 'sarif', title: 'sarif', note: 'the findings, for code scanning and editors' },
];
const formatOf = (values: Values): AuditFormat =>
  formats.find(({ id }) => id === given(values, 'format'))?.id ?? 'json';

/** What would be written and where, before it is. */
const written = (
  { findings, questions }: AuditReport,
  values: Values,
  world: World,
  width: number,
): readonly Line[] => {
  const out = given(values, 'out');
  const asked = formatOf(values) === 'json' ? `, ${questions.length} open questions` : '';
  return [
    ...paragraph(`Writes ${findings.length} findings${asked} about ${world.app.workspace ?? ''}.`, width),
    ...paragraph(
      `Goes to ${out === '' ? `${world.app.home}/exports, in a new file` : out}, for you alone (0600). It says where you are weak: hand it on with care.`,
      width,
      'warn',
    ),
  ];
};

export const auditFileForm: FormKind<AuditFilePurpose> = {
  spec: ({ report }, world) => ({
    title: 'The report to a file',
    above: [],
    fields: [
      { is: 'one', id: 'format', label: 'Format', options: formats, short: true },
      { is: 'line', short: true, id: 'out', label: 'Path of a new file, or a folder', optional: true },
    ],
    below: (values, width) => written(report, values, world, width),
    does: 'write it',
  }),
  complete({ report, whose }, values, world) {
    const out = given(values, 'out');
    if (whose !== 'own' || world.app.whose !== whose)
      return [
        { do: 'say', tone: 'bad', text: 'This report is not about your own systems: nothing is written.' },
      ];
    return [
      { do: 'back' },
      { do: 'save-audit', report, format: formatOf(values), out: out === '' ? null : out },
    ];
  },
};
