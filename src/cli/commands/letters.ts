import type { Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';

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

async function draftOf(context: Context, input: Input) {
  const incident = await context.incident();
  return await incident.letter(input.arg(0), input.text('language') ?? undefined);
}
