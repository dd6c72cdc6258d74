import { isAbsolute, join } from 'node:path';
import type { EvidenceSource } from '../../app/contract.ts';
import { formatUtc } from '../../base/instant.ts';
import { limits } from '../../model/limits.ts';
import { askLine } from '../ask.ts';
import type { Context } from '../context.ts';
import { tellMasked } from '../masked.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { bothTimes, pastTime } from '../time.ts';

export const addEvidence: Run = async (context, input) => {
  const source = await sourceOf(context, input);
  const incident = await context.writable();
  const { now, zone } = incident.view();
  const note =
    input.text('note') ??
    (await askLine(context, 'What is it, and what does it show?', {
      what: 'evidence',
      flags: '--note TEXT',
    }));
  // Bytes are kept as they are; what is said about them, and text from a pipe, is not.
  tellMasked(context.print, source.from === 'text' ? `${note}\n${source.text}` : note);
  const [at, step] = [input.text('at'), input.text('step')];
  const id = await incident.addEvidence(source, {
    note,
    ...(at === null ? {} : { at: pastTime(at, now, zone) }),
    ...(step === null ? {} : { step }),
  });
  const kept = incident.view().state.evidence.find((one) => one.id === id);
  const sha256 = kept?.sha256 ?? null;
  if (context.print.json)
    context.print.object('recorded', {
      incident: incident.id,
      recorded: 'evidence',
      evidence: id,
      sha256,
      size: kept?.size ?? null,
    });
  else context.print.line(`${id} sha256 ${sha256 ?? 'unknown'} ${kept?.size ?? 0} bytes`);
  return 0;
};

async function sourceOf(context: Context, { args, rest }: Input): Promise<EvidenceSource> {
  const [given, ...others] = args;
  if (rest.length > 0 && given === undefined) return { from: 'command', argv: rest };
  if (given === undefined || others.length > 0 || rest.length > 0) {
    throw usage('give one file, one URL, or a command after --');
  }
  if (given === '-') {
    return {
      from: 'text',
      text: await context.world.environment.stdin.readAll(limits.evidenceBytesMax),
      name: 'standard input',
    };
  }
  if (/^https?:\/\//i.test(given)) return { from: 'url', url: given };
  return { from: 'file', path: isAbsolute(given) ? given : join(context.world.environment.cwd, given) };
}

export const listEvidence: Run = async (context, input) => {
  const incident = await context.incident(input.args[0] ?? null);
  const { state, zone } = incident.view();
  const rows = state.evidence.map((one) => ({
    ...one,
    note: incident.reveal({ n: one.n, name: 'note' }) ?? '[sealed]',
  }));
  if (context.print.json) {
    const evidence = rows.map(({ n, id, sha256, size, method, at, step, note }) => ({
      n,
      id,
      sha256,
      size,
      method,
      at: formatUtc(at),
      step,
      note,
    }));
    context.print.object('evidence', { incident: incident.id, evidence });
    return 0;
  }
  context.print.table(
    ['ID', 'TIME', 'HOW', 'BYTES', 'SHA-256', 'NOTE'],
    rows.map(({ id, at, method, size, sha256, note }) => [
      id,
      bothTimes(at, zone),
      method,
      String(size),
      sha256,
      note,
    ]),
  );
  return 0;
};
