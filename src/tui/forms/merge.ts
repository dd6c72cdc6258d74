import {
  fileNameFor,
  formatName,
  mergeChoices,
  SCOPE_LIST,
  SENT_AS,
  type MergeAsked,
} from '../../app/merge-contract.ts';
import { grouped } from '../../base/grouped.ts';
import { paragraph } from '../parts/line.ts';
import type { MergePurpose } from '../places.ts';
import type { World } from '../screen.ts';
import { given, type Check, type FormField, type FormKind, type Values } from './form.ts';

/** A letter to everybody on a list: which list, in which form, and where to. */

/** Languages in which somebody let the letter go. */
export const releasedIn = (letter: string, world: World): readonly string[] =>
  [...(world.view?.state.released.values() ?? [])]
    .filter((one) => one.letter === letter)
    .map(({ language }) => language)
    .toSorted();

const countedNow = (world: World): number | null => world.view?.state.scope.counted?.listed ?? null;

const listCheck: Check = (text, world) => {
  if (text.trim() !== SCOPE_LIST)
    return { ok: true, says: 'a file, in CSV: its first line names the columns' };
  const people = countedNow(world);
  return people === null
    ? { ok: false, says: 'nobody has been counted yet; a file of that name is ./scope' }
    : { ok: true, says: `the ${grouped(people)} people who were counted in this incident` };
};

const formatField: FormField = {
  is: 'one',
  id: 'format',
  label: 'Form',
  initial: SENT_AS,
  options: mergeChoices.map(({ id, format }) => ({
    id,
    title: formatName(format),
    note: id === SENT_AS ? 'what is sent from here' : '',
  })),
};

const languageField = (languages: readonly string[]): readonly FormField[] =>
  languages.length < 2
    ? []
    : [
        {
          is: 'one',
          id: 'language',
          label: 'For rows that name no language',
          initial: languages.includes('en') ? 'en' : (languages[0] ?? ''),
          options: languages.map((id) => ({ id, title: id })),
        },
      ];

/** Letters of the same name would be taken for each other; those to colleagues have one of their own. */
const named = ({ letter, colleagues }: MergePurpose): string => `${letter}${colleagues ? '-seed' : ''}`;

const pathIn = (folder: string, name: string): string =>
  folder === '' ? name : `${folder.replace(/\/+$/, '')}/${name}`;

const askedOf = (purpose: MergePurpose, values: Values, world: World): MergeAsked => {
  const languages = releasedIn(purpose.letter, world);
  const format = mergeChoices.find(({ id }) => id === given(values, 'format'))?.format ?? {
    is: 'stream',
    form: SENT_AS,
  };
  const out = pathIn(given(values, 'folder'), given(values, 'name') || fileNameFor(named(purpose), format));
  return {
    letter: purpose.letter,
    list: given(values, 'list'),
    format,
    out,
    report: `${out}.left-out.csv`,
    language: given(values, 'language') || (languages.includes('en') ? 'en' : (languages[0] ?? 'en')),
    from: null,
    resume: false,
    trial: null,
  };
};

export const mergeForm: FormKind<MergePurpose> = {
  spec(purpose, world) {
    const { title, letter, colleagues } = purpose;
    const languages = releasedIn(letter, world);
    return {
      title: colleagues ? 'Letters for colleagues, who look first' : 'A letter to everybody on a list',
      above: (width) => paragraph(`${title} (${letter}; released: ${languages.join(', ')})`, width, 'dim'),
      fields: [
        {
          is: 'line',
          id: 'list',
          label: `List: a CSV file, or ${SCOPE_LIST} for the people who were counted`,
          initial: colleagues || countedNow(world) === null ? '' : SCOPE_LIST,
          check: listCheck,
        },
        formatField,
        { is: 'line', id: 'folder', label: 'Folder; empty: the current one', optional: true },
        {
          is: 'line',
          id: 'name',
          label: `File name; empty: ${named(purpose)} and the form`,
          optional: true,
        },
        ...languageField(languages),
      ],
      does: 'read the list and show what would be written',
    };
  },
  complete: (purpose, values, world) => [
    { do: 'back' },
    {
      do: 'preview-merge',
      asked: askedOf(purpose, values, world),
      title: purpose.title,
      to: purpose.colleagues ? 'seed' : 'list',
    },
  ],
};
