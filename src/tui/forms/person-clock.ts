import { clockEnds, dutyForKind, type ClockEnd, type PersonKind } from '../../model/person-clock.ts';
import type { PersonPurpose } from '../places.ts';
import { labelled, paragraph, type Line } from '../parts/line.ts';
import { bothTimes } from '../parts/when.ts';
import type { World } from '../screen.ts';
import { TIME_HELP, timeCheck, timeOf } from './checks.ts';
import { given, optional, type FormKind } from './form.ts';

type OpenPurpose = Extract<PersonPurpose, { for: 'open-clock' }>;
type OnePurpose = Exclude<PersonPurpose, OpenPurpose>;

const kinds: readonly Readonly<{ id: PersonKind; title: string }>[] = [
  { id: 'dsar', title: 'Access to their data (Art. 15)' },
  { id: 'erasure', title: 'Erasure (Art. 17)' },
  { id: 'complaint', title: 'A complaint in the United Kingdom (s 164A)' },
];

export const openClockForm: FormKind<OpenPurpose> = {
  spec: () => ({
    title: 'A person asks for something',
    above: (width) =>
      paragraph('A clock for this one person. What names them is sealed, and on no board.', width, 'dim'),
    fields: [
      { is: 'one', id: 'kind', label: 'What they ask for', options: kinds },
      { is: 'line', id: 'ref', label: 'What you call it, like D-12' },
      { is: 'line', id: 'at', label: `When it came in (${TIME_HELP})`, initial: 'now', check: timeCheck },
      {
        is: 'line',
        id: 'country',
        label: 'Country of the person, two letters (empty: not known)',
        optional: true,
        check: (text) =>
          /^[a-z]{2}$/i.test(text.trim())
            ? { ok: true, says: 'GB counts by the law of the United Kingdom, all others by the GDPR' }
            : { ok: false, says: 'write two letters: DE, GB' },
      },
      { is: 'line', id: 'person', label: 'Who asked', optional: true },
    ],
    does: 'open the clock',
  }),
  complete(_purpose, values, world) {
    const at = timeOf(given(values, 'at'), world);
    const kind = kinds.find(({ id }) => id === given(values, 'kind'))?.id;
    if (at === undefined || kind === undefined) return [];
    const country = given(values, 'country').toUpperCase();
    const command = {
      do: 'open-clock' as const,
      duty: dutyForKind(kind, country === '' ? null : country),
      at,
      ref: given(values, 'ref'),
      ...optional('country', country),
      ...optional('person', given(values, 'person')),
    };
    return [{ do: 'back' }, { do: 'act', command, said: 'The clock counts.' }];
  },
};

const stands = (clock: string, world: World, width: number): readonly Line[] => {
  const found = world.view?.state.personClocks.get(clock);
  if (found === undefined) return [];
  const words = `received ${bothTimes(found.at, world.zone)}, entry ${found.startedBy}; it stays in the journal`;
  return labelled('Now', words, width);
};

export const correctClockForm: FormKind<OnePurpose> = {
  spec: ({ clock }, world) => ({
    title: `Correct: ${clock}`,
    above: (width) => stands(clock, world, width),
    fields: [
      { is: 'line', id: 'at', label: `When it came in (${TIME_HELP})`, initial: '', check: timeCheck },
      { is: 'line', id: 'reason', label: 'Why: who found out, and how' },
    ],
    does: 'correct it',
  }),
  complete({ clock }, values, world) {
    const at = timeOf(given(values, 'at'), world);
    if (at === undefined) return [];
    const command = { do: 'correct-clock' as const, clock, at, reason: given(values, 'reason') };
    return [{ do: 'back' }, { do: 'act', command, said: 'Corrected: the clock counts from there.' }];
  },
};

export const extendClockForm: FormKind<OnePurpose> = {
  spec: ({ clock }, world) => ({
    title: `Make longer: ${clock}`,
    above: (width) =>
      paragraph(
        `Decided by ${world.view?.actor ?? ''}. It counts only if the person was told so, with the reasons, within the first month.`,
        width,
        'warn',
      ),
    fields: [
      { is: 'line', id: 'told', label: `When the person was told (${TIME_HELP})`, check: timeCheck },
      { is: 'block', id: 'reason', label: 'Reasons, as they were told' },
    ],
    does: 'make it longer',
  }),
  complete({ clock }, values, world) {
    const told = timeOf(given(values, 'told'), world);
    if (told === undefined) return [];
    const decider = world.view?.actor ?? '';
    const command = { do: 'extend-clock' as const, clock, told, decider, reason: given(values, 'reason') };
    return [{ do: 'back' }, { do: 'act', command, said: 'Recorded: see its note for what it moves.' }];
  },
};

const endWords: Readonly<Record<ClockEnd, string>> = {
  withdrawn: 'Withdrawn by the person',
  refused: 'Refused',
  duplicate: 'Asked twice: another clock counts',
  'not-ours': 'Not ours to answer',
  'opened-by-mistake': 'Opened by mistake',
};

export const endClockForm: FormKind<OnePurpose> = {
  spec: ({ clock }) => ({
    title: `End without an answer: ${clock}`,
    above: [],
    fields: [
      {
        is: 'one',
        id: 'how',
        label: 'How it ended',
        options: clockEnds.map((id) => ({ id, title: endWords[id] })),
        open: true,
      },
      { is: 'block', id: 'reason', label: 'Reason' },
    ],
    does: 'end the clock',
  }),
  complete({ clock }, values) {
    const how = clockEnds.find((one) => one === given(values, 'how'));
    if (how === undefined) return [];
    const command = { do: 'end-clock' as const, clock, how, reason: given(values, 'reason') };
    return [{ do: 'back' }, { do: 'act', command, said: 'Ended, with your reason.' }];
  },
};
