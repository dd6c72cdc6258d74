import { isAbsolute, join } from 'node:path';
import { formatUtc } from '../../base/instant.ts';
import type { OpenIncident, ScopeAsked, ScopeFar, ScopePreview } from '../../app/contract.ts';
import type { Counted } from '../../model/event.ts';
import { rangeWords, type ScopeView } from '../../projections/scope.ts';
import { askLine } from '../ask.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { bothTimes, typedTime } from '../time.ts';

const pathOf = (context: Context, given: string): string =>
  isAbsolute(given) ? given : join(context.world.environment.cwd, given);

/** A mapping is a name, or a file where it looks like one. */
function askedOf(context: Context, input: Input): ScopeAsked {
  const map = input.text('map');
  if (map === null)
    throw usage(
      'say how its columns are read: --map NAME or --map mapping.yaml; firebreak scope preview tries it',
    );
  return {
    path: pathOf(context, input.arg(0)),
    mapping: /[./\\]/.test(map) ? pathOf(context, map) : map,
    channel: input.text('channel'),
  };
}

export const previewScope: Run = async (context, input) => {
  const found = await (await context.incident()).scope.preview(askedOf(context, input));
  if (context.print.json) {
    const { mapping, refused, rows, bad } = found;
    context.print.object('scope-preview', { mapping, refused, rows, bad });
  } else previewLines(context, found);
  return found.refused.length > 0 || found.rows.length === 0 ? 3 : 0;
};

function previewLines({ print }: Context, { mapping, refused, rows, bad }: ScopePreview): void {
  print.line(mapping);
  for (const why of refused) print.line(`DOES NOT FIT: ${why}`);
  for (const { line, cells, doubts } of rows) {
    const words = Object.entries(cells).map(([name, text]) => `${name} ${text}`);
    print.line(`line ${line}: ${words.length === 0 ? 'nobody' : words.join(' · ')}`);
    for (const why of doubts) print.line(`    ${why}`);
  }
  for (const { line, why } of bad) print.line(`line ${line}: BAD: ${why}`);
  if (refused.length === 0 && rows.length === 0) print.line('No row was found: the mapping leads nowhere.');
  print.say('Nothing was kept.');
}

/** Ctrl-C ends it behind the piece that is under way. */
async function stoppable<T>(context: Context, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  context.interruptible.stop = stop;
  try {
    return await work(stop.signal);
  } finally {
    context.interruptible.stop = null;
  }
}

function stopped({ print }: Context): number {
  print.say('STOPPED. Nothing of it counts: the same command does it from the start.');
  return 130;
}

export const importScope: Run = async (context, input) => {
  const asked = askedOf(context, input);
  const incident = await context.writable();
  const { print } = context;
  let told = 0;
  const heard = ({ doing, bytes, size }: ScopeFar): void => {
    const tenth = Math.floor((bytes * 10) / Math.max(1, size));
    if (doing === 'reading' && tenth > told && size > 50_000_000) print.say(`${tenth * 10} % read`);
    told = doing === 'reading' ? Math.max(told, tenth) : 0;
  };
  const done = await stoppable(context, async (stop) => await incident.scope.read(asked, heard, stop));
  if (done.is === 'stopped') return stopped(context);
  const { scope, already, sha256, rows, ways, nobody, hidden, bad, faults } = done;
  if (print.json) {
    print.object('scope-import', {
      incident: incident.id,
      scope,
      already,
      sha256,
      rows,
      ways,
      nobody,
      hidden,
      bad,
      faults,
    });
    return bad > 0 ? 6 : 0;
  }
  if (already) print.line(`ALREADY THERE as ${scope}: nothing was read again.`);
  else {
    print.line(`READ ${rows} rows as ${scope}, sha256 ${sha256}`);
    print.line(`    ${ways} different ways in which somebody stands in it; ${nobody} rows name nobody`);
    if (hidden > 0) print.line(`    ${hidden} cells held a secret or a card number and were left out`);
    if (bad > 0) print.line(`    BAD: ${bad} rows could not be read; the others were`);
    for (const { line, why } of faults.slice(0, SHOWN)) print.line(`    line ${line}: ${why}`);
    if (faults.length > SHOWN) print.line(`    and ${faults.length - SHOWN} more: --json lists them`);
  }
  print.say('The file itself is not kept: its hash is. Keep it where it is, or firebreak evidence add.');
  print.say('Next: firebreak scope count');
  return bad > 0 ? 6 : 0;
};
const SHOWN = 20;

export const countScope: Run = async (context, input) => {
  const incident = await context.writable();
  const { now, zone } = incident.view();
  const [since, until, channels] = [input.text('since'), input.text('until'), input.text('channels')];
  const asked = {
    ...(since === null ? {} : { since: typedTime(since, now, zone) }),
    ...(until === null ? {} : { until: typedTime(until, now, zone) }),
    ...(channels === null ? {} : { channels: channels.split(',') }),
  };
  const view = await stoppable(context, async (stop) => await incident.scope.count(asked, undefined, stop));
  return view === null ? stopped(context) : shown(context, incident, view);
};

export const showScope: Run = async (context, input) => {
  const incident = await context.incident(input.args[0] ?? null);
  return shown(context, incident, incident.scope.view());
};

function shown(context: Context, incident: OpenIncident, view: ScopeView): number {
  const { print } = context;
  if (print.json) {
    print.object('scope', { incident: incident.id, ...viewJson(view) });
    return 0;
  }
  const { counted, basis, uncounted, imports } = view;
  if (counted === null) print.line('Nobody was counted yet.');
  else {
    print.line(`PEOPLE   ${rangeWords(counted.people_counted)}`);
    print.line(`RECORDS  ${rangeWords(counted.records_counted)}`);
    const rows = view.groups.map(({ by, name, people }) => [by, name, ...people.map(String)]);
    if (rows.length > 0) print.table(['BY', 'WHICH', 'AT LEAST', 'LIKELY', 'AT MOST'], rows);
    for (const words of basis) print.line(words);
    print.line(`${counted.listed} in the list of recipients, sealed; sha256 ${counted.list_sha256}`);
  }
  const { zone } = incident.view();
  print.table(
    ['EXPORT', 'CHANNEL', 'ROWS', 'BAD', 'FROM', 'TO', 'FILE'],
    imports.map(({ scope, channel, mapping, rows, bad, first, last, source }) => [
      scope,
      channel ?? mapping,
      String(rows),
      String(bad),
      first === null ? '-' : bothTimes(first, zone),
      last === null ? '-' : bothTimes(last, zone),
      source,
    ]),
  );
  if (uncounted > 0) print.say(`${uncounted} exports came after that count: firebreak scope count`);
  else if (counted !== null) print.say('Next: firebreak scope facts writes the counts down as facts.');
  return 0;
}

const json = ([minimum, likely, maximum]: Counted) => ({ minimum, likely, maximum });
const viewJson = ({ counted, groups, basis, uncounted, imports }: ScopeView) => ({
  counted:
    counted === null
      ? null
      : {
          n: counted.n,
          since: formatUtc(counted.since),
          until: formatUtc(counted.until),
          people: json(counted.people_counted),
          records: json(counted.records_counted),
          groups: groups.map(({ by, name, people }) => ({ by, name, ...json(people) })),
          listed: counted.listed,
          list_sha256: counted.list_sha256,
          gaps: counted.gaps,
        },
  basis,
  uncounted,
  imports: imports.map(
    ({ scope, mapping, channel, sha256, size, rows, bad, nobody, hidden, first, last, source }) => ({
      scope,
      mapping,
      channel,
      source,
      sha256,
      size,
      rows,
      bad,
      nobody,
      hidden,
      first: first === null ? null : formatUtc(first),
      last: last === null ? null : formatUtc(last),
    }),
  ),
});

/** The counts become facts only in the name of a person who saw them. */
export const scopeFacts: Run = async (context, input) => {
  const incident = await context.writable();
  const facts = incident.scope.facts();
  if (facts.length === 0) throw usage('nobody was counted yet: firebreak scope count');
  const { print } = context;
  const fresh = facts.filter(({ known }) => !known);
  const stood = facts.filter(({ known }) => known).map(({ fact }) => fact);
  if (!print.json)
    for (const { fact, answer, known } of facts)
      print.line(
        `${known ? 'KNOWN ALREADY' : 'NEW'} ${fact}: ${answer.is === 'range' ? rangeWords([answer.from, answer.about, answer.to]) : ''}`,
      );
  if (fresh.length > 0 && !input.flag('yes')) {
    const answer = await askLine(context, `Write ${fresh.length} facts in your name? yes or no:`, {
      what: 'writing the counts as facts',
      flags: '--yes',
    });
    if (answer !== 'yes' && answer !== 'y') {
      print.say('Nothing was written.');
      return 0;
    }
  }
  for (const { fact, answer } of fresh) await incident.act({ do: 'learn', fact, answer, basis: 'log' });
  if (print.json)
    print.object('scope-facts', { incident: incident.id, learned: fresh.map(({ fact }) => fact), stood });
  else {
    print.line(`WRITTEN ${fresh.length} facts`);
    if (stood.length > 0)
      print.say(
        `Where a known one is wrong: firebreak fact ${stood[0] ?? ''} ABOUT,FROM,TO --correct --why TEXT`,
      );
  }
  return 0;
};

/** People in clear: only into a file of one's own, never onto a screen. */
export const exportScope: Run = async (context, input) => {
  const out = input.text('out');
  if (out === null) throw usage('name the file to write: --out people.csv; it holds people in clear');
  const incident = await context.writable(input.args[0] ?? null);
  const { listed, sha256 } = await incident.scope.export(pathOf(context, out));
  if (context.print.json)
    context.print.object('scope-export', {
      incident: incident.id,
      path: pathOf(context, out),
      listed,
      sha256,
    });
  else {
    context.print.line(`WROTE ${listed} people to ${out}, sha256 ${sha256}`);
    context.print.say('They stand there in clear: remove the file when the letters are out.');
  }
  return 0;
};
