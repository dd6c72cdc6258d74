import type { CommandSpec } from '../spec.ts';
import { programmeParts } from './programme.ts';

export const practising: readonly CommandSpec[] = [
  {
    name: 'drill',
    help: 'practise a runbook against simulators; nothing live can be reached',
    group: 'Practice',
    parts: [
      {
        name: 'run',
        args: '<runbook>',
        help: 'start a drill: the app on a terminal, the scripted responder elsewhere',
        options: [
          { flags: '--auto', help: 'the scripted responder plays it to the end' },
          { flags: '--seed N', help: 'the same made-up secrets and ids as in an earlier drill' },
          { flags: '--speed N', help: 'how many times as fast as a watch the drill runs' },
          {
            flags: '--company WHICH',
            help: 'own or built-in; without it your own plan where there is a workspace, else the built-in company',
          },
          { flags: '--map', help: 'only show in whose company it would be played, and what stands for what' },
          {
            flags: '--unannounced',
            help: 'from cron: pages on this machine and waits for players; needs a consent, else exit 4',
          },
          {
            flags: '--tabletop',
            help: 'on paper instead, for people around a table: what is told and what is asked',
          },
          {
            flags: '--facilitator',
            help: 'with --tabletop: the truth, what good looks like, and what to read out',
          },
        ],
        more: 'Ends with 0 only if everything that must be true at the end is true in the simulators, else with 12.',
        load: async () => (await import('../commands/drill-run.ts')).run,
      },
      {
        name: 'facilitate',
        args: '[drill]',
        help: 'direct a drill that people play on another terminal: the truth, what is to come, and what you may do',
        options: [
          { flags: '--show', help: 'print the page of the facilitator instead of opening its screen' },
          {
            flags: '--do WHAT',
            help: 'fire:ID, hold:ID, skip:ID, free:CHANNEL:ROLE:TEXT, assist:TEXT, compress:N, pause, go-on or end',
          },
        ],
        more: 'One facilitator at a time. Everything you do stands in the journal of the drill under your handle.',
        load: async () => (await import('../commands/drill-facilitate.ts')).run,
      },
      {
        name: 'consent',
        args: '<runbook>',
        help: "record a manager's consent to one drill that nobody is told of",
        options: [
          { flags: '--by NAME', help: 'the manager; with a workspace one of its people with that role' },
          { flags: '--until DATE', help: 'the last day on which it may begin, like 2026-12-31' },
          { flags: '--not-between HOURS', help: 'hours in which it must not begin, like 22:00-06:00' },
        ],
        more: 'Good for one drill, in whose journal it stands. Then from cron: drill run <runbook> --unannounced.',
        load: async () => (await import('../commands/drill-consent.ts')).run,
      },
      {
        name: 'stop',
        args: '[drill]',
        help: 'leave a drill for something real, whoever plays it',
        options: [
          { flags: '--real-event', help: 'something real has happened: the drill ends, for everybody in it' },
        ],
        more: [
          'Without a name the drill that is played now, or the only unfinished one. It is kept as a',
          'drill; nothing of it becomes an incident. On a terminal the form for the real one opens.',
          'For any other reason a facilitator ends it: drill facilitate --do end.',
        ].join('\n'),
        load: async () => (await import('../commands/drill-stop.ts')).run,
      },
      {
        name: 'selftest',
        args: '[runbook]',
        help: 'play scenarios before people do: as expected, and once into each trap',
        options: [
          { flags: '--seed N', help: 'another seed than 1: other secrets, other times' },
          { flags: '--company WHICH', help: 'own or built-in; without it as drill run plays them' },
        ],
        more: 'Nothing of it is kept. Ends with 0 only if every run went as the scenario says, else with 12.',
        load: async () => (await import('../commands/drill-selftest.ts')).run,
      },
      {
        name: 'new',
        args: '<runbook>',
        help: 'write a scenario of your own for a runbook: drill.yaml, artifacts, briefing, facilitator',
        more: 'Into the workspace, and nothing is overwritten. It plays as written; firebreak help drills says what its parts mean.',
        load: async () => (await import('../commands/drill-new.ts')).run,
      },
      {
        name: 'lint',
        args: '[runbook]',
        help: 'every fault of the scenarios, with file, line and hint',
        load: async () => (await import('../commands/drill-lint.ts')).run,
      },
      {
        name: 'list',
        help: 'the drills and when each was last played',
        load: async () => (await import('../commands/drill-list.ts')).list,
      },
      ...programmeParts,
    ],
  },
];
