import {
  formIds,
  leafIds,
  mergeFormats,
  type MergeFormat,
  type MergeProgress,
  type MergeReport,
} from '../../app/merge-contract.ts';
import { formatDuration } from '../../base/duration.ts';
import { grouped } from '../../base/grouped.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

const PARTIAL = 6;
/** How often a person is told how far it is. */
const TOLD_MS = 1000;

/** One letter for every row of a list. Prints how far it is to the error stream, the result to the other. */
export const merge: Run = async (context, input) => {
  const { print } = context;
  const incident = await context.writable();
  const format = formatOf(input);
  const list = input.text('recipients');
  if (list === null) throw usage('name the list of recipients: --recipients people.csv');
  const out = input.text('out') ?? `${input.arg(0)}.${format.is === 'stream' ? format.form : format.is}`;
  const trial = input.text('trial');
  if (trial !== null && !/^[1-9]\d{0,5}$/.test(trial))
    throw usage('--trial takes a number of letters, such as 10');
  const stop = new AbortController();
  context.interruptible.stop = stop;
  const report = await incident.merge(
    {
      letter: input.arg(0),
      list,
      format,
      out,
      report: input.text('report'),
      language: input.text('language') ?? 'en',
      from: input.text('from'),
      resume: input.flag('resume'),
      trial: trial === null ? null : Number(trial),
    },
    telling(context),
    stop.signal,
  );
  context.interruptible.stop = null;
  if (print.json) print.object('merge', { incident: incident.id, ...report });
  else tell(context, report, trial !== null);
  if (!report.finished) return PARTIAL;
  return report.rejected + report.duplicates + report.replaced === 0 || trial !== null ? 0 : PARTIAL;
};

/** By name, else by the ending of the place. */
const formatOf = (input: Input): MergeFormat => {
  const out = input.text('out');
  const named = input.text('format') ?? endingOf(out);
  const each = input.text('each');
  const form = formIds.find((id) => id === named);
  if (form !== undefined) {
    if (each !== null)
      throw usage(`${form} is one file of all letters; --each goes with --format files or zip`);
    return { is: 'stream', form };
  }
  if (!mergeFormats.some((id) => id === named)) throw usage(`--format is one of ${mergeFormats.join(', ')}`);
  const leaf = leafIds.find((id) => id === (named === 'pdf' ? 'pdf' : (each ?? 'eml')));
  if (leaf === undefined || (named === 'pdf' && each !== null && each !== 'pdf'))
    throw usage(`--each is one of ${leafIds.join(', ')}`);
  const zipped = named === 'zip' || (named === 'pdf' && (out === null || endingOf(out) === 'zip'));
  if (!zipped && out !== null && leafIds.some((id) => id === endingOf(out)))
    throw usage(`each letter is a file of its own: name a folder or a .zip, and not ${out}`);
  return { is: zipped ? 'zip' : 'files', each: leaf };
};

const endingOf = (out: string | null): string => out?.split('.').at(-1)?.toLowerCase() ?? 'jsonl';

const telling = ({ print }: Context): ((progress: MergeProgress) => void) => {
  let told = 0;
  return (progress) => {
    if (progress.msSpent - told < TOLD_MS) return;
    told = progress.msSpent;
    const { written, rejected, duplicates, read, size, msSpent } = progress;
    const left = read === 0 ? null : Math.round(((size - read) * msSpent) / read);
    const rate = Math.round((written * 1000) / Math.max(1, msSpent));
    const odd = rejected + duplicates;
    print.say(
      `${Math.floor((read * 100) / Math.max(1, size))} %: ${grouped(written)} letters${odd === 0 ? '' : `, ${grouped(odd)} rows left out`}, ${grouped(rate)} a second${left === null ? '' : `, ${formatDuration(left)} left`}`,
    );
  };
};

function tell({ print }: Context, report: MergeReport, trial: boolean): void {
  const { written, rejected, duplicates, replaced, out, index, sha256, finished } = report;
  print.line(`${finished ? 'WRITTEN' : 'STOPPED'} ${grouped(written)} letters: ${out}`);
  if (rejected > 0)
    print.line(
      `  ${grouped(rejected)} rows could not be used${report.report === null ? '; --report FILE says which and why' : `: ${report.report}`}`,
    );
  if (replaced > 0)
    print.line(
      `  ${grouped(replaced)} letters show a character as \\u{..}, because no font has it${report.report === null ? '; --report FILE says which' : `: ${report.report}`}`,
    );
  if (duplicates > 0)
    print.line(`  ${grouped(duplicates)} addresses stood in the list before: they get one letter`);
  if (index !== null) print.line(`  who has which file: ${index}`);
  if (!finished) print.say('Next: the same command with --resume goes on behind the last letter');
  else if (trial) print.say('A trial: nothing of it is recorded, and it is not to be sent.');
  else {
    print.line(`  sha256 ${sha256}, recorded`);
    if (out.endsWith('.jsonl')) print.say(`Next: firebreak letters send ${out} --dry-run`);
  }
}
