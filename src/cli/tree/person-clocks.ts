import type { CommandSpec, OptionSpec } from '../spec.ts';
import { clockEnds } from '../../model/person-clock.ts';

const why: OptionSpec = { flags: '--why TEXT', help: 'the reason, for the record' };
const received: OptionSpec = {
  flags: '--received TIME',
  help: 'when it came in, with its offset: 2026-11-27T09:00+01:00; now, where nothing is said',
};

/** Clocks that run for one person each. */
export const personParts: readonly CommandSpec[] = [
  {
    name: 'open',
    args: '<kind>',
    help: 'somebody asks for their data, for erasure, or complains: a clock for this one person',
    options: [
      received,
      { flags: '--ref REF', help: 'what you call it: sealed, like all that may name a person' },
      { flags: '--person NAME', help: 'who asked: sealed, and on no board' },
      { flags: '--country CC', help: 'where the person is: GB counts by the law of the United Kingdom' },
      { flags: '--note TEXT', help: 'anything else, sealed' },
    ],
    more: 'Kinds: dsar (access), erasure, complaint (United Kingdom), or a duty of your own by its full name. It goes into the\nincident of --incident, else into the standing list of requests, else into the only open incident; where nothing is\nopen, the list is made. --zone says whose days count. The clock is named like gdpr.dsar:1.',
    load: async () => (await import('../commands/clocks-person.ts')).open,
  },
  {
    name: 'correct',
    args: '<clock>',
    help: 'it came in at another time: old and new stay in the journal (needs --why)',
    options: [received, why],
    load: async () => (await import('../commands/clocks-person.ts')).correct,
  },
  {
    name: 'extend',
    args: '<clock>',
    help: 'the answer takes longer, by decision: access and erasure by two months (needs --why)',
    options: [
      { flags: '--told TIME', help: 'when the person was told so; after the first month it moves nothing' },
      { flags: '--decider HANDLE', help: 'who decided, if not you' },
      why,
    ],
    load: async () => (await import('../commands/clocks-person.ts')).extend,
  },
  {
    name: 'end',
    args: '<clock>',
    help: 'it ends without an answer (needs --why)',
    options: [{ flags: '--how HOW', help: 'how it ended', choices: [...clockEnds] }, why],
    load: async () => (await import('../commands/clocks-person.ts')).end,
  },
];
