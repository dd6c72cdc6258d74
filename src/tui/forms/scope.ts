import type { ScopeAsked, ScopeCounting } from '../../app/scope-contract.ts';
import { rangeWords } from '../../projections/scope.ts';
import { blank, line, paragraph, span, wrap, type Line } from '../parts/line.ts';
import type { ScopePurpose } from '../places.ts';
import type { Effect, World } from '../screen.ts';
import { TIME_HELP, timeCheck, timeOf } from './checks.ts';
import { given, type FormKind, type FormSpec, type Option, type Values } from './form.ts';

/** Who is affected: which export is read and how, what is counted, and what becomes of the counts. */

type ImportPurpose = Extract<ScopePurpose, { for: 'scope-import' }>;

/** A mapping of one's own is a file; the dot keeps it apart from the name of a known one. */
const OWN = '.own';
const AS_MAPPED = '.mapped';

const choices = (world: World): Readonly<{ mappings: readonly Option[]; channels: readonly Option[] }> => {
  const found = world.incident?.scope.choices();
  return {
    mappings: [
      ...(found?.mappings ?? []),
      { id: OWN, title: 'A mapping of your own', note: 'its file stands below; firebreak help mappings' },
    ],
    channels: [{ id: AS_MAPPED, title: 'As the mapping says' }, ...(found?.channels ?? [])],
  };
};

const askedOf = (values: Values): ScopeAsked => {
  const [mapping, channel] = [given(values, 'mapping'), given(values, 'channel')];
  return {
    path: given(values, 'path'),
    mapping: mapping === OWN ? given(values, 'file') : mapping,
    channel: channel === AS_MAPPED || channel === '' ? null : channel,
  };
};

const importSpec = ({ asked }: ImportPurpose, world: World): FormSpec => {
  const { mappings, channels } = choices(world);
  const known = asked === null || mappings.some(({ id }) => id === asked.mapping);
  return {
    title: 'An export of a vendor',
    above: (width) =>
      paragraph(
        'Its first rows are shown before anything of it is kept; afterwards only counts are.',
        width,
        'dim',
      ),
    fields: [
      { is: 'line', id: 'path', label: 'File: CSV or JSON Lines', initial: asked?.path ?? '' },
      {
        is: 'one',
        id: 'mapping',
        label: 'How its columns are read',
        options: mappings,
        initial: asked === null ? '' : known ? asked.mapping : OWN,
      },
      {
        is: 'line',
        id: 'file',
        label: 'The file of your own mapping, where that is chosen',
        initial: asked === null || known ? '' : asked.mapping,
        optional: true,
      },
      {
        is: 'one',
        id: 'channel',
        label: 'Which channel it came from',
        options: channels,
        initial: asked?.channel ?? AS_MAPPED,
      },
    ],
    does: 'show its first rows',
  };
};

export const scopeImportForm: FormKind<ImportPurpose> = {
  spec: importSpec,
  complete(_purpose, values) {
    const asked = askedOf(values);
    if (asked.mapping === '')
      return [{ do: 'say', tone: 'warn', text: 'Name the file of your own mapping, or choose a known one.' }];
    // A name without a dot or a slash would be looked up among the known ones.
    const own = given(values, 'mapping') === OWN && !/[./\\]/.test(asked.mapping);
    return [
      { do: 'back' },
      { do: 'preview-scope', asked: own ? { ...asked, mapping: `./${asked.mapping}` } : asked },
    ];
  },
};

const countingOf = (values: Values, world: World): ScopeCounting => {
  const [since, until] = ['since', 'until'].map((id) => timeOf(given(values, id), world));
  const channels = given(values, 'channels');
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(channels === '' ? {} : { channels: channels.split(' ') }),
  };
};

const countForm: FormKind<ScopePurpose> = {
  spec: (_purpose, world) => ({
    title: 'Count who is affected',
    above: (width) =>
      paragraph(
        'People of all exports are joined by address, number or id. Channels that nothing came from count into the most.',
        width,
        'dim',
      ),
    fields: [
      {
        is: 'many',
        id: 'channels',
        label: 'Channels that the breach reached; none ticked: all could be',
        options: world.incident?.scope.choices().channels ?? [],
        optional: true,
      },
      {
        is: 'line',
        id: 'since',
        label: `From when; empty: the earliest time known (${TIME_HELP})`,
        optional: true,
        check: timeCheck,
      },
      { is: 'line', id: 'until', label: 'Until when; empty: now', optional: true, check: timeCheck },
    ],
    does: 'count',
  }),
  complete: (_purpose, values, world) => [
    { do: 'back' },
    { do: 'swap', to: { at: 'scope', stage: 'running', progress: null, trouble: null } },
    { do: 'count-scope', asked: countingOf(values, world) },
  ],
};

const others = (world: World) =>
  (world.incident?.scope.facts() ?? []).filter(({ known, same }) => known && !same);

const spaced = (lines: readonly Line[]): readonly Line[] => (lines.length === 0 ? [] : [...lines, blank]);

const correctForm: FormKind<ScopePurpose> = {
  spec: (_purpose, world) => ({
    title: 'Correct what was known otherwise',
    above: (width) => [
      ...spaced(
        others(world).flatMap(({ fact, answer }) =>
          answer.is === 'range'
            ? wrap(
                line(`${fact}  `, span(rangeWords([answer.from, answer.about, answer.to]), 'strong')),
                width,
                2,
              )
            : [],
        ),
      ),
      ...paragraph('What stood before stays in the journal, with your reason beside it.', width, 'dim'),
    ],
    fields: [{ is: 'line', id: 'reason', label: 'Why the count is the better number' }],
    does: 'correct them',
  }),
  complete: (_purpose, values, world) => [
    { do: 'back' },
    ...others(world).map(({ fact, answer }): Effect => ({
      do: 'act',
      command: { do: 'correct', fact, answer, basis: 'log', reason: given(values, 'reason') },
      said: 'Corrected, with your reason.',
    })),
  ],
};

const listForm: FormKind<ScopePurpose> = {
  spec: (_purpose, world) => ({
    title: 'Write the list of recipients to a file',
    above: (width) =>
      paragraph(
        `${world.view?.state.scope.counted?.listed ?? 0} people, in clear. Letters need no such file: a merge reads the sealed list itself.`,
        width,
        'warn',
      ),
    fields: [
      {
        is: 'line',
        id: 'path',
        label: 'A new file, for you alone (0600); one that exists is never overwritten',
      },
    ],
    does: 'write it',
  }),
  complete: (_purpose, values) => [{ do: 'back' }, { do: 'write-people', path: given(values, 'path') }],
};

export const scopeForms = {
  'scope-count': countForm,
  'scope-correct': correctForm,
  'scope-list': listForm,
} as const;
