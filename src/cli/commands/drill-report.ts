import { extname, isAbsolute, join } from 'node:path';
import { reportFormats, type ReportFormat } from '../../app/programme-contract.ts';
import { refuseReadOnly } from '../context.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

const PIPE = '-';

export const report: Run = async (context, input) => {
  const out = input.text('out');
  const asked = {
    drill: input.args[0] ?? null,
    format: formatOf(input, out),
    pseudonyms: input.flag('pseudonyms'),
  };
  const programme = await (await context.app('drill')).programme();
  if (out === PIPE) {
    if (context.print.json) throw usage('--out - writes the report itself; take --json or --out -');
    if (asked.format === 'pdf' || asked.format === 'docx')
      throw usage(`a ${asked.format} file is no text; name a file with --out`);
    const { bytes } = await programme.report(asked);
    context.world.environment.stdout.write(new TextDecoder().decode(bytes));
    return 0;
  }
  refuseReadOnly(context.globals);
  const path = out === null || isAbsolute(out) ? out : join(context.world.environment.cwd, out);
  const made = await programme.writeReport(asked, path, input.flag('overwrite'));
  if (context.print.json) {
    const { drill, format, sha256, replaced } = made;
    context.print.object('drill-report', { incident: drill, format, path: made.path, sha256, replaced });
  } else context.print.line(made.path);
  tell(context, made.replaced);
  return 0;
};

function tell({ print }: Context, replaced: readonly string[]): void {
  if (replaced.length > 0)
    print.say(
      `No font has ${replaced.join(' ')}: the file shows each as \\u{...}. The other forms have them.`,
    );
}

/** The ending of the file says it too. */
function formatOf(input: Input, out: string | null): ReportFormat {
  const typed = input.text('format') ?? extname(out ?? '').slice(1);
  const found = reportFormats.find((one) => one === (typed === '' ? 'md' : typed));
  if (found === undefined) throw usage(`--format takes ${reportFormats.join(', ')}, not "${typed}"`);
  return found;
}
