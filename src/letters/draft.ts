import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { affectedChannels } from './affected.ts';
import { blocks, readBlocks } from './blocks.ts';
import { gather, type Gathered } from './elements.ts';
import { dayWords } from './found.ts';
import { templateNames } from '../model/letter.ts';
import type { LetterSource } from '../model/letter.ts';
import { stampWord, wordsOf } from './locale.ts';
import type { LetterInput } from './input.ts';
import { saidIn } from './said.ts';
import type { ElementStatus, LetterDraft } from './shape.ts';
import { BLOCK, html, markdown, plain, type Shown, type Sink } from './sinks.ts';
import { compileTemplate, templateIssues, type Value } from './template.ts';

export type { LetterInput } from './input.ts';
export type { LetterDraft } from './shape.ts';

/** What one reader's letter has of its own, by the names of `letter.yaml`; null where there is nothing. */
export type Personal = ReadonlyMap<string, Shown | null>;

/** The forms of a letter that can be merged, and the letter in one of them for one reader. */
export type PageOf = (sink: Sink, personal: Personal) => string;

/**
 * Writes a letter from what is known now. Nothing is invented: what is missing is named by article, what may follow says so.
 * @throws Problem `invalid-file` for a template that prints an undeclared name or does anything but print
 */
export function draftLetter(input: LetterInput): LetterDraft {
  const { source, language, state, drill } = input;
  mustBeWhole(input);
  const gathered = gather(input);
  const elements = gathered.map(({ element }) => element);
  const named = (status: ElementStatus): readonly string[] =>
    elements
      .filter((one) => one.status === status && one.required)
      .map(({ article, title }) => `${article} ${title}`);
  const missing = named('missing');
  const complete = missing.length === 0;
  const avoid = affectedChannels(state, input.inventory).map(({ title }) => title);
  const ripe = missing.every((one) => input.waived?.includes(one) === true);
  const words = wordsOf(language);
  const watermark = drill ? words.drill : ripe ? null : words.draft;
  const stamp = drill ? 'DRILL' : ripe ? null : 'DRAFT';
  const page = pageOf(input, { gathered, avoid, watermark, stamp });
  const print = (sink: Sink): string => page(sink, unaddressed(source, language));
  const text = print(markdown);
  return {
    letter: input.letter,
    title: source.title,
    to: source.to,
    duty: source.duty ?? null,
    language,
    subject: drill
      ? `${stampWord(language, 'DRILL')}: ${subjectOf(source, language)}`
      : subjectOf(source, language),
    elements,
    missing,
    follows: named('follows'),
    complete,
    avoid,
    markdown: text,
    html: print(html),
    text: print(plain),
    sha256: sha256Hex(text),
    watermark,
    stamp,
    body: readBlocks(print(blocks)),
  };
}

/**
 * The letter as it stands now, to be written for one reader after the other. The same words as the draft: only what the recipient
 * list supplies is still open.
 */
export function personalLetter(
  input: LetterInput,
  trial = false,
): Readonly<{ draft: LetterDraft; page: PageOf }> & Pick<LetterDraft, 'watermark' | 'stamp'> {
  const draft = draftLetter(input);
  const { avoid } = draft;
  const { watermark, stamp } =
    trial && draft.stamp === null
      ? { watermark: wordsOf(input.language).trial, stamp: 'DRAFT' as const }
      : draft;
  return {
    draft,
    page: pageOf(input, { gathered: gather(input), avoid, watermark, stamp }),
    watermark,
    stamp,
  };
}

function mustBeWhole({ letter, language, template, source }: LetterInput): void {
  const [issue] = templateIssues(template, templateNames(source), `templates/${letter}/${language}.hbs`);
  if (issue !== undefined)
    throw new Problem('invalid-file', { file: issue.file, line: String(issue.line), why: issue.message });
}

type Whole = Readonly<{ gathered: readonly Gathered[] }> & Pick<LetterDraft, 'avoid' | 'watermark' | 'stamp'>;

const pageOf = (input: LetterInput, { gathered, avoid, watermark, stamp }: Whole): PageOf => {
  const { source, language, template } = input;
  const common = shownOf(input, gathered, avoid);
  const shownStamp = stamp === null ? null : stampWord(language, stamp);
  const about = { title: subjectOf(source, language), language, watermark, stamp: shownStamp };
  return (sink, personal) => sink.page(fill(sink, template, new Map([...common, ...personal])), about);
};

/** @throws Problem `invalid-file` for a language in which the letter has none */
function subjectOf({ subject }: LetterSource, language: string): string {
  const found = typeof subject === 'string' ? subject : subject[language];
  if (found !== undefined) return found;
  throw new Problem('invalid-file', { file: 'letter.yaml', why: `it has no subject in ${language}` });
}

/** Nobody's letter: each place shows what will stand there. */
const unaddressed = ({ recipient }: LetterSource, language: string): Personal =>
  new Map(
    (recipient ?? []).map(({ id, title }) => [id, { is: 'marker', text: `[${saidIn(title, language)}]` }]),
  );

type ShownByName = ReadonlyMap<string, Shown | null>;

function shownOf(input: LetterInput, gathered: readonly Gathered[], avoid: readonly string[]): ShownByName {
  const { company, state, source, now, zone, language } = input;
  const phase = state.submissions.get(source.duty ?? '')?.phase ?? 0;
  const follows = gathered.filter(({ element }) => element.status === 'follows').map(({ title }) => title);
  const list = (items: readonly string[]): Shown | null =>
    items.length === 0 ? null : { is: 'list', items };
  const text = (words: string): Shown => ({ is: 'text', text: words });
  return new Map<string, Shown | null>([
    ['organisation', text(company.organisation.legal_name ?? company.organisation.name)],
    ['reference', text(state.codename)],
    ['today', text(dayWords(now, zone, language))],
    ['subject', text(subjectOf(source, language))],
    ['notice', text(wordsOf(language).notice(phase + 1))],
    ['to_follow', list(follows)],
    ['avoid', list(avoid)],
    ...gathered.map(({ element, shown }) => [element.id, shown] as const),
  ]);
}

/** Lays the template out for the sink, then puts in values that the sink has escaped. */
function fill(sink: Sink, template: string, shown: ShownByName): string {
  const values: [string, Value][] = [...shown].flatMap(([name, value]): [string, Value][] => [
    [name, value === null ? null : { escaped: sink.inline(value) }],
    [`${name}${BLOCK}`, value === null ? null : { escaped: sink.block(value) }],
  ]);
  return compileTemplate(sink.layout(template), new Set(values.map(([name]) => name)))(new Map(values));
}
