import type { CommandSpec } from '../spec.ts';

/** What comes of drills: how often, what is to be improved, the report. */
export const programmeParts: readonly CommandSpec[] = [
  {
    name: 'status',
    help: 'is there enough practice: next drill, scenarios, people, elements of PCI DSS 12.10.1',
    options: [
      { flags: '--check', help: 'exit 8 when a drill or an improvement is overdue, or was never held' },
      { flags: '--ics', help: 'as a calendar' },
      {
        flags: '--out PATH',
        help: 'where the calendar goes; without it into the folder of exports, - for a pipe',
      },
    ],
    more: [
      'Counts drills that people played to their score; what the scripted responder plays shows',
      'nothing about people. The days are starting values: drills: in firebreak.yaml has your own,',
      'and joined: beside a person asks for the first drill soon after.',
    ].join('\n'),
    load: async () => (await import('../commands/drill-status.ts')).status,
  },
  {
    name: 'call',
    args: '<contact>',
    help: 'write down the call test of a drill: somebody of contacts.yaml was rung on a real telephone',
    options: [
      { flags: '--result R', help: 'reached, no-answer, left-message or wrong-number' },
      { flags: '--rung TIME', help: 'when you rang: 14:05, "2026-03-01 14:05", -20m, now' },
      { flags: '--answered TIME', help: 'when it was answered, or rung back' },
      { flags: '--drill DRILL', help: 'without it the newest one that people played' },
      { flags: '--note TEXT', help: 'what was wrong with the number, who else answered' },
    ],
    more: 'The tool rings nobody. Say first that it is an exercise. The report and drill status show it.',
    load: async () => (await import('../commands/drill-call.ts')).run,
  },
  {
    name: 'items',
    args: '[drill]',
    help: 'what is to be improved after drills',
    options: [
      { flags: '--check', help: 'exit 8 when one is overdue' },
      { flags: '--all', help: 'closed ones too' },
    ],
    load: async () => (await import('../commands/drill-items.ts')).items,
    parts: [
      {
        name: 'add',
        args: '<drill>',
        help: 'write one into the journal of the drill',
        options: [
          { flags: '--observation TEXT', help: 'what was seen' },
          { flags: '--action TEXT', help: 'what is to be done' },
          { flags: '--cause TEXT', help: 'why it came about' },
          { flags: '--owner HANDLE', help: 'the person who sees to it' },
          { flags: '--due DATE', help: 'the day, like 2026-12-10' },
          { flags: '--priority P', help: 'high, medium or low; without it medium' },
        ],
        load: async () => (await import('../commands/drill-items.ts')).add,
      },
      {
        name: 'close',
        args: '<item>',
        help: 'say what shows that it is done',
        options: [
          { flags: '--evidence TEXT', help: 'what shows it, and where it lies' },
          { flags: '--retest DRILL', help: 'a later drill of the same runbook that people passed' },
        ],
        more: 'Nothing closes on a word alone: it takes evidence, or a drill that was passed since.',
        load: async () => (await import('../commands/drill-items.ts')).close,
      },
    ],
  },
  {
    name: 'report',
    args: '[drill]',
    help: 'the after-action report of a drill, filled in from its journal',
    options: [
      { flags: '--format F', help: 'md, docx, pdf, or svg for the comparison with earlier drills' },
      { flags: '--out PATH', help: 'a file, a folder, or - for the pipe' },
      { flags: '--pseudonyms', help: 'numbers instead of the names of people, for a report that is shared' },
      { flags: '--overwrite', help: 'replace a file that is there' },
    ],
    more: 'Without a name the newest drill that was played to its score. The same journal makes the same bytes.',
    load: async () => (await import('../commands/drill-report.ts')).report,
  },
];
