import type { Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';

const VALIDATION = 3;

export const list: Run = async (context) => {
  const letters = (await context.app('definitions')).letters();
  if (context.print.json) context.print.object('letters', { letters });
  else {
    context.print.table(
      ['LETTER', 'TO', 'DUTY', 'LANGUAGES', 'TITLE'],
      letters.map(({ id, to, duty, languages, title }) => [id, to, duty ?? '-', languages.join(', '), title]),
    );
  }
  return 0;
};

export const check: Run = async (context, input) => {
  const draft = await draftOf(context, input);
  if (context.print.json) {
    const { letter, language, elements, missing, follows, complete, avoid } = draft;
    context.print.object('letter-check', { letter, language, complete, missing, follows, avoid, elements });
  } else {
    context.print.table(
      ['ARTICLE', 'STANDS', 'ELEMENT', 'ENTRIES'],
      draft.elements.map(({ article, status, required, title, entries }) => [
        article,
        elementWord(status, required),
        title,
        entries.join(', ') || '-',
      ]),
    );
    for (const channel of draft.avoid)
      context.print.line(`Do not send it over ${channel}: it is part of the incident.`);
    context.print.say(
      draft.complete ? 'Nothing that the law asks for is missing.' : `Missing: ${draft.missing.join('; ')}`,
    );
  }
  return draft.complete ? 0 : VALIDATION;
};

export const show: Run = async (context, input) => {
  const draft = await draftOf(context, input);
  if (context.print.json) {
    const { letter, language, subject, text, markdown, html, sha256, complete, missing, follows, watermark } =
      draft;
    context.print.object('letter', {
      letter,
      language,
      subject,
      complete,
      missing,
      follows,
      watermark,
      sha256,
      text,
      markdown,
      html,
    });
  } else context.print.block(draft.text);
  if (!draft.complete) context.print.say(`Not complete: ${draft.missing.join('; ')}`);
  return 0;
};

/** Only what is required can be missing. */
const elementWord = (status: 'known' | 'follows' | 'missing', required: boolean): string =>
  status === 'missing' ? (required ? 'MISSING' : 'not said') : status;

async function draftOf(context: Context, input: Input) {
  const incident = await context.incident();
  return await incident.letter(input.arg(0), input.text('language') ?? undefined);
}
