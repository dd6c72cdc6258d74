import { anchoredWords, alarmWords, failingWords, type AnchorsView } from '../../projections/anchors.ts';
import { limits } from '../../model/limits.ts';
import type { Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';
import { usage } from '../spec.ts';

const UNSURE = 6;
const BROKEN = 9;

/** The window in JSON, the same in every command that shows it. */
export const anchorsJson = (view: AnchorsView): Readonly<Record<string, unknown>> => ({
  configured: view.configured,
  size: view.size,
  behind: view.behind,
  behind_ms: view.behindMs,
  urgent: view.urgent,
  failing: view.failing,
  copies: view.copies,
  alarms: view.alarms,
});

export function tellAnchors({ print }: Context, view: AnchorsView): void {
  for (const alarm of alarmWords(view)) print.line(alarm);
  print.line(`Journal: ${anchoredWords(view)}`);
  for (const { name, size } of view.copies)
    print.line(`  copy sent to ${name}: up to #${size - 1}, not read back`);
  for (const line of failingWords(view)) print.line(`  ${line}`);
}

export const anchorNow: Run = async (context, input) => {
  const incident = await context.writable(input.args[0] ?? null);
  const { sent, anchors } = await incident.anchors.send();
  if (context.print.json)
    context.print.object('anchors', { incident: incident.id, sent, ...anchorsJson(anchors) });
  else tellAnchors(context, anchors);
  if (anchors.alarms.length > 0) return BROKEN;
  return sent ? 0 : UNSURE;
};

export const checkpoint: Run = async (context, input) => {
  const incident = await context.incident(input.args[0] ?? null);
  const { size, vkey, note, request } = incident.anchors.checkpoint(input.number('since', 0) ?? 0);
  if (context.print.json)
    context.print.object('checkpoint', { incident: incident.id, size, vkey, note, request });
  else {
    context.print.block(request);
    context.print.say(`The key of this log, to be compared by voice the first time: ${vkey}`);
  }
  return 0;
};

export const cosign: Run = async (context, input) => {
  const { witness } = await context.app();
  if (input.flag('key')) {
    const key = witness.key();
    if (context.print.json) context.print.object('cosigner', { key });
    else context.print.line(key);
    return 0;
  }
  const { line, origin, size } = witness.cosign(await given(context, input), input.text('log-key'));
  if (context.print.json) context.print.object('cosigned', { origin, size, line: line.trimEnd() });
  else context.print.line(line.trimEnd());
  return 0;
};

export const cosigned: Run = async (context, input) => {
  const text = await given(context, input);
  const incident = await context.writable(null);
  const { anchor, size } = await incident.anchors.cosigned(text);
  if (context.print.json) context.print.object('cosignature', { incident: incident.id, anchor, size });
  else context.print.line(`COSIGNED by ${anchor}: entries #0 to #${size - 1}`);
  return 0;
};

/** A file, or standard input where none or `-` is named. */
const given = async ({ world }: Context, input: Input): Promise<string> => {
  const path = input.args[0] ?? '-';
  const text =
    path === '-'
      ? await world.environment.stdin.readAll(limits.noteBytesMax)
      : world.files.readText(path, limits.noteBytesMax);
  if (text.trim() === '') throw usage('nothing was given: name a file, or pipe it in');
  return text;
};
