import type { CheckedLetter, OpenIncident } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';

const VALIDATION = 3;

/** One letter, or without a name all that the plan writes and the running clocks ask for. */
export const check: Run = async (context, input) => {
  const incident = await context.incident();
  const checked = await checkedOf(incident, input);
  if (context.print.json) {
    const [only] = checked;
    if (input.args.length > 0 && only !== undefined) context.print.object('letter-check', shape(only));
    else context.print.object('letter-checks', { letters: checked.map(shape) });
  } else if (checked.length === 0) context.print.say('No letter is asked for so far.');
  else for (const one of checked) tell(context, one);
  return checked.every(isFine) ? 0 : VALIDATION;
};

/** What was read over and let go of is a warning's due; what is refused stays so until it is released. */
const isFine = ({ report }: CheckedLetter): boolean => report.clean && report.lint.length === 0;

const checkedOf = async (incident: OpenIncident, input: Input): Promise<readonly CheckedLetter[]> => {
  const language = input.text('language');
  const letter = input.args[0];
  if (letter !== undefined) return [await incident.checkedLetter(letter, language ?? undefined)];
  const wanted = await incident.wantedLetters();
  const meant = language === null ? wanted : wanted.filter((one) => one.language === language);
  return await Promise.all(meant.map(async (one) => await incident.checkedLetter(one.letter, one.language)));
};

/** For `jq`: the report, and the release with what it says of the text as it stands. */
const shape = ({ report, released }: CheckedLetter) => ({
  ...report,
  released:
    released === null
      ? null
      : {
          entry: released.n,
          by: released.by,
          at: released.releasedAt,
          sha256: released.sha256,
          override: released.override,
          stands: released.stands,
        },
});

function tell({ print }: Context, { report, released, draft }: CheckedLetter): void {
  print.line(`${draft.title} (${report.letter}, ${report.language})`);
  print.table(
    ['ARTICLE', 'STANDS', 'ELEMENT', 'ENTRIES'],
    report.elements.map(({ article, status, required, title, entries }) => [
      article,
      elementWord(status, required),
      title,
      entries.join(', ') || '-',
    ]),
  );
  for (const claim of report.claims) {
    if (claim.is === 'carried') {
      const entries = claim.entries.length === 0 ? '' : ` [entry ${claim.entries.join(', ')}]`;
      print.line(`carried  "${claim.words}": ${claim.by}${entries}`);
    } else {
      print.line(`REFUSED  ${claim.rule}: "${claim.sentence}"`);
      print.line(`         ${claim.why}. It would need ${claim.wants}.`);
      if (claim.command !== null) print.line(`         ${claim.command}`);
    }
  }
  for (const { is, rule, sentence, words, why, fix } of report.lint) {
    print.line(
      `${is === 'refused' ? 'REFUSED ' : 'warning '} ${rule}: ${sentence === '' ? words : `"${sentence}"`}`,
    );
    print.line(`         ${why}: ${fix}.`);
  }
  for (const channel of report.avoid)
    print.line(`Do not send it over ${channel}: it is part of the incident.`);
  if (report.ease !== null)
    print.line(`Reading ease: ${report.ease.score}, ${report.ease.band} (${report.ease.formula}).`);
  print.line(releaseWords(released));
  print.say(
    report.complete ? 'Nothing that the law asks for is missing.' : `Missing: ${report.missing.join('; ')}`,
  );
}

/** Only what is required can be missing. */
const elementWord = (status: 'known' | 'follows' | 'missing', required: boolean): string =>
  status === 'missing' ? (required ? 'MISSING' : 'not said') : status;

const releaseWords = (released: CheckedLetter['released']): string => {
  if (released === null) return 'Not released.';
  const how = released.override ? ', by OVERRIDE' : '';
  const stands = released.stands
    ? ''
    : '. The text has changed since: release it anew before anything more of it goes out';
  return `Released by ${released.by} in entry ${released.n}${how}${stands}.`;
};

export const release: Run = async (context, input) => {
  const incident = await context.writable();
  const asked = {
    letter: input.arg(0),
    language: input.text('language') ?? 'en',
    override: input.text('override'),
  };
  const checked = await incident.releaseLetter(asked);
  const { released, report } = checked;
  if (context.print.json)
    context.print.object('letter-released', { incident: incident.id, ...shape(checked) });
  else {
    context.print.line(`RELEASED ${report.letter} (${report.language}), SHA-256 ${released?.sha256 ?? ''}`);
    for (const one of [...report.missing, ...report.refused])
      context.print.say(`Gone past in your name: ${one}`);
    if (released?.override === true)
      context.print.say('Somebody else reviews it within a day: firebreak approve lists it.');
  }
  return 0;
};
