import type { CollectLine, CollectReport } from '../../app/contract.ts';
import type { Instant } from '../../base/instant.ts';
import { formatUtc } from '../../base/instant.ts';
import type { Run } from '../spec.ts';
import { typedTime } from '../time.ts';
import { manualLines } from '../words.ts';

/** Fetches what the systems logged in a window, as evidence; what could not be had is said by name. */
export const collect: Run = async (context, input) => {
  const { print } = context;
  const incident = await context.writable();
  const { now, zone } = incident.view();
  const [since, until, step] = [input.text('since'), input.text('until'), input.text('step')];
  const stop = new AbortController();
  context.interruptible.stop = stop;
  const report = await incident.collect(
    {
      instances: input.args,
      ...(since === null ? {} : { since: typedTime(since, now, zone) }),
      ...(until === null ? {} : { until: typedTime(until, now, zone) }),
      ...(step === null ? {} : { step }),
    },
    (line) => {
      if (line.is !== 'reading' && !print.json) for (const text of lineWords(line)) print.line(text);
    },
    stop.signal,
  );
  context.interruptible.stop = null;
  if (print.json) print.object('collect', reportJson(incident.id, report));
  else {
    if (report.without.length > 0)
      print.line(`No log that can be fetched: ${report.without.join(', ')}. Take theirs by hand.`);
    print.line(`${WORDS[report.state]} Window ${span(report.window)}`);
  }
  return codeOf(report);
};

const span = ({ from, to }: CollectReport['window']): string =>
  `${formatUtc(from as Instant)} to ${formatUtc(to as Instant)}`;

const HEAD = { whole: 'WHOLE', partial: 'IN PART', none: 'NOTHING', already: 'HAD ALREADY' } as const;

function lineWords(line: CollectLine): readonly string[] {
  const { is, instance, log, records, parts, bytes, got, gaps, manual } = line;
  return [
    `${HEAD[is]} ${instance} ${log ?? ''}: ${records} records, ${bytes} bytes in ${parts} ${parts === 1 ? 'piece' : 'pieces'}`,
    ...(got === null || is === 'whole' ? [] : [`    had for certain: ${span(got)}`]),
    ...gaps.map((gap) => `    ${gap.is === 'blind' ? 'never in it' : 'MISSING'}: ${gap.says}`),
    ...(manual === null ? [] : manualLines(manual)),
  ];
}

const WORDS: Readonly<Record<CollectReport['state'], string>> = {
  whole: 'ALL of it is kept and hashed.',
  partial: 'IN PART: what is missing is named above and in the journal; the same command goes on.',
  none: 'NOTHING could be had; why is named above and in the journal.',
  nothing: 'No system that was named keeps a log that can be fetched.',
  stopped: 'STOPPED: what was read is kept, and the same command goes on.',
};

/** 0 whole, 4 where only rights are missing, 5 nothing had, 6 in part. */
function codeOf({ state, lines }: CollectReport): number {
  switch (state) {
    case 'whole':
      return 0;
    case 'partial':
    case 'stopped':
      return 6;
    case 'none':
      return lines.every(({ gaps }) => gaps.every(({ is }) => RIGHTS.has(is))) ? 4 : 5;
    case 'nothing':
      return 4;
  }
}
const RIGHTS: ReadonlySet<string> = new Set(['forbidden', 'plan', 'blind', 'memory']);

const utc = (at: number): string => formatUtc(at as Instant);
const windowJson = (window: CollectReport['window'] | null) =>
  window === null ? null : { from: utc(window.from), to: utc(window.to) };

const reportJson = (incident: string, report: CollectReport): Readonly<Record<string, unknown>> => ({
  incident,
  state: report.state,
  window: windowJson(report.window),
  logs: report.lines.map(({ got, ...line }) => ({ ...line, got: windowJson(got) })),
  without: report.without,
});
