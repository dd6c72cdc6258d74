import { extname, isAbsolute, join } from 'node:path';
import { Problem } from '../../base/problem.ts';
import type { RenderAsked, RenderedPaper } from '../../app/contract.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

const PIPE = '-';

export const render: Run = async (context, input) => {
  const out = input.text('out');
  const asked: RenderAsked = {
    letter: input.arg(0),
    language: input.text('language'),
    format: formatOf(input, out),
    to: input.text('to'),
  };
  if (out === PIPE) {
    if (context.print.json) throw usage('--out - writes the letter itself; take --json or --out -');
    const made = await (await context.incident()).paper(asked);
    if (!made.text)
      throw new Problem('usage', { why: `a ${made.format} file is no text; name a file with --out` });
    context.world.environment.stdout.write(new TextDecoder().decode(made.bytes));
    tell(context, made);
    return 0;
  }
  const { cwd } = context.world.environment;
  const incident = await context.writable();
  const path = out === null || isAbsolute(out) ? out : join(cwd, out);
  const made = await incident.writePaper(asked, path, input.flag('overwrite'));
  if (context.print.json) {
    const { format, language, sha256, complete, missing, replaced } = made;
    context.print.object('letter-file', {
      incident: incident.id,
      letter: asked.letter,
      language,
      format,
      path: made.path,
      sha256,
      complete,
      missing,
      replaced,
    });
  } else context.print.line(made.path);
  tell(context, made);
  return 0;
};

/** What a person has to know of the file although it was written. */
function tell({ print }: Context, { complete, missing, replaced }: RenderedPaper): void {
  if (!complete) print.say(`Not complete, and marked so: ${missing.join('; ')}`);
  if (replaced.length > 0)
    print.say(
      `No font has ${replaced.join(' ')}: the file shows each as \\u{...}. The other forms have them.`,
    );
}

/** The ending of the file says it too. */
function formatOf(input: Input, out: string | null): string {
  const format = input.text('format') ?? extname(out ?? '').slice(1);
  if (format === '') throw usage('say which form with --format: md, txt, html, eml, docx or pdf');
  return format;
}
