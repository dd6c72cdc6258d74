import { appendFileSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { HOUR } from '../../src/base/duration.ts';
import { plus } from '../../src/base/instant.ts';
import { systemProcesses } from '../../src/io/process.ts';
import { rigApp } from '../rig/app.ts';
import { company, type Company } from './company.ts';

/** Alerts over the real journal, to the simulator of Slack and to a real program. */

const TITLE = 'Maria Muster wrote to us';

/** A small program of the team's own, which writes down what it was given. */
const program = (all: Company, code = 0): Readonly<{ yaml: string; heard: () => readonly string[] }> => {
  const [script, out] = [join(all.home, 'page.sh'), join(all.home, 'paged')];
  writeFileSync(script, `#!/bin/sh\nprintf '%s|%s\\n' "$1" "$2" >> ${out}\nexit ${code}\n`);
  return {
    yaml: `  command: [/bin/sh, ${script}, pager]\n`,
    heard: () => (existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : []),
  };
};
const SLACK = '  slack: { connector: slack-lrh, channel: "#war-room" }\n';

const room = (all: Company): void =>
  all.systems.get('slack-lrh')?.change((state) => ({
    ...(state as object),
    channels: [{ id: 'C0000000099', name: 'war-room', members: ['U0FIREBREAK'] }],
  }));
const posted = (all: Company): readonly string[] => {
  const slack = all.systems.get('slack-lrh');
  if (slack === null || slack === undefined) throw new Error('there is no Slack');
  return (slack.state() as unknown as { messages: readonly { text: string }[] }).messages.map(
    ({ text }) => text,
  );
};

const declared = async (all: Company, ways: string): Promise<OpenIncident> => {
  appendFileSync(join(all.workspace, 'firebreak.yaml'), `\nalerts:\n${ways}`);
  const app = await all.app();
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: TITLE });
  await incident.act({ do: 'learn', fact: 'aware', answer: { is: 'time', at: incident.view().now } });
  return incident;
};
const rung = async (incident: OpenIncident) => {
  const { alerts, told } = await incident.alert();
  return { duties: alerts.map(({ duty, threshold }) => `${duty} ${threshold}`), said: await told };
};
const of33 = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.includes('gdpr.33-1'));

test('a threshold is told once: here, in Slack and by the command, without a word that anybody typed', async () => {
  const all = await company({ processes: systemProcesses(process.env) });
  room(all);
  const page = program(all);
  const incident = await declared(all, SLACK + page.yaml);
  expect(of33((await rung(incident)).duties)).toEqual([]);
  all.later(49 * HOUR);
  const { duties, said } = await rung(incident);
  expect(of33(duties)).toEqual(['gdpr.33-1 24h']);
  expect(said).toEqual([]);
  expect(await rung(incident)).toEqual({ duties: [], said: [] });
  const { codename } = incident.view().state;
  expect(of33(posted(all).flatMap((text) => text.split('\n')))).toEqual([
    `${codename}: gdpr.33-1 22 h 59 min left`,
  ]);
  expect(of33(page.heard())).toEqual([`pager|${codename}: gdpr.33-1 22 h 59 min left`]);
  expect(JSON.stringify([posted(all), page.heard()])).not.toContain('Maria');
  expect(incident.timeline().some(({ what }) => what.startsWith('Alert, under 24 hours'))).toBe(true);
});

test('a restart rings nothing again, and of two processes one rings', async () => {
  const all = await company();
  const incident = await declared(all, SLACK);
  all.later(49 * HOUR);
  const other = await (await all.app()).open(incident.id);
  const [one, two] = await Promise.all([rung(incident), rung(other)]);
  expect(of33([...one.duties, ...two.duties])).toEqual(['gdpr.33-1 24h']);
  await other.leave();
  await incident.leave();
  const again = await (await all.app()).open(incident.id);
  expect(of33((await rung(again)).duties)).toEqual([]);
  all.later(12 * HOUR);
  expect(of33((await rung(again)).duties)).toEqual(['gdpr.33-1 12h']);
});

test('a corrected start that moves the end arms them again', async () => {
  const all = await company();
  const incident = await declared(all, SLACK);
  const { now } = incident.view();
  all.later(49 * HOUR);
  expect(of33((await rung(incident)).duties)).toEqual(['gdpr.33-1 24h']);
  await incident.act({
    do: 'correct',
    fact: 'aware',
    answer: { is: 'time', at: plus(now, -HOUR) },
    reason: 'the alert was read an hour earlier',
  });
  expect(of33((await rung(incident)).duties)).toEqual(['gdpr.33-1 24h']);
});

test('what does not get out is said once, stands in the journal, and holds nothing up', async () => {
  const all = await company({ processes: systemProcesses(process.env) });
  const page = program(all, 3);
  const incident = await declared(all, SLACK + page.yaml);
  all.later(49 * HOUR);
  const { duties, said } = await rung(incident);
  expect(of33(duties)).toEqual(['gdpr.33-1 24h']);
  expect(said).toEqual([
    expect.stringContaining('Slack') as string,
    expect.stringContaining('ended with 3') as string,
  ]);
  all.later(12 * HOUR);
  expect((await rung(incident)).said).toEqual([]);
  expect(incident.timeline().filter(({ what }) => what.startsWith('An alert did not get out'))).toHaveLength(
    2,
  );
  await incident.act({ do: 'note', text: 'Everything else goes on.' });
});

test('a workspace that nobody has trusted runs no program and reaches no Slack', async () => {
  const all = await company({ processes: systemProcesses(process.env) });
  room(all);
  const page = program(all);
  appendFileSync(join(all.workspace, 'firebreak.yaml'), `\nalerts:\n${SLACK}${page.yaml}`);
  const live = { ...all.world, trusts: async () => await Promise.resolve(false) };
  const app = await rigApp({ home: all.home, workspace: all.workspace, live });
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: TITLE });
  all.later(49 * HOUR);
  expect((await rung(incident)).said).toHaveLength(2);
  expect([...posted(all), ...page.heard()]).toEqual([]);
  await app.close();
});

test('a drill posts to its own Slack, marked as a drill, and runs no command', async () => {
  const all = await company({ processes: systemProcesses(process.env) });
  room(all);
  const page = program(all);
  appendFileSync(join(all.workspace, 'firebreak.yaml'), `\nalerts:\n${SLACK}${page.yaml}`);
  const app = await rigApp({ home: all.home, workspace: all.workspace, live: { ...all.world, drill: true } });
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: TITLE });
  all.later(49 * HOUR);
  expect((await rung(incident)).said).toEqual([]);
  expect(page.heard()).toEqual([]);
  expect(posted(all).join('\n')).toContain('gdpr.33-1 22 h 59 min left');
  await app.close();
});
