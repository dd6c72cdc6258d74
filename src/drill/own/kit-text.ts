import type { MadeUp } from '../../model/drill.ts';
import { stepsOf } from '../../model/plan.ts';
import type { Plan, PlannedStep } from '../../model/plan.ts';
import type { RunbookSource } from '../../model/runbook.ts';

/** The files of a new scenario as text, commented where somebody will write. */

export type KitInput = Readonly<{
  id: string;
  runbook: RunbookSource;
  plan: Plan;
  company: string;
  /** Rows that a question for rows may be answered with, the likeliest first. */
  rows: readonly string[];
  /** Systems of the team that a drill can play. */
  simulated: ReadonlySet<string>;
  /** How a made-up value of each credential looks. */
  looks: Readonly<Record<string, MadeUp>>;
  untested: readonly string[];
  /** `2026-11-20` */
  today: string;
}>;

export const quoted = (text: string): string => JSON.stringify(text);
const spelt = (id: string): string => id.replaceAll('-', '_');

const HEAD = `# yaml-language-server: $schema=../drill.schema.json
#
# A scenario of your own, to be rewritten. It plays as it stands:
#   firebreak drill lint ID        every fault, with its line
#   firebreak drill selftest ID    as expected, and once into each trap
#   firebreak drill run ID         your team, on your own plan
# What the parts mean: firebreak help drills
`;

export type Facts = Readonly<{
  input: KitInput;
  moves: readonly Readonly<{ step: PlannedStep; move: string; secrets?: readonly string[] }>[];
  turning: readonly PlannedStep[];
  first: readonly string[];
}>;

/** As long as its steps, on paper; never less than half an hour, never more than people stay for. */
const minutesOf = (plan: Plan): number =>
  Math.min(
    120,
    Math.max(
      30,
      stepsOf(plan).reduce((sum, { minutes }) => sum + minutes, 0),
    ),
  );

const secretsText = ({ input, moves }: Facts): string => {
  const rows = [...new Set(moves.flatMap(({ secrets }) => secrets ?? []))];
  if (rows.length === 0)
    return '# secrets: what leaked, under the name of its row; made up anew for each drill\n';
  const lines = rows.map((row) => {
    const look = input.looks[row] ?? { prefix: 'drill_' };
    if ('key' in look) return `  ${row}: { key: ${look.key} }\n`;
    return `  ${row}: { prefix: ${quoted(look.prefix)}, length: ${look.length ?? 40} }\n`;
  });
  return `# Made up anew for each drill; the name is that of the row in inventory.yaml that it is the value of.\nsecrets:\n${lines.join('')}`;
};

const untestedText = ({ untested }: KitInput): string =>
  untested.length === 0
    ? ''
    : `# No drill can play these, so they are NOT TESTED:\n${untested.map((one) => `#   ${one}\n`).join('')}`;

const trapText = ([step]: readonly PlannedStep[]): string =>
  step === undefined
    ? ''
    : `
  - id: what-follows
    after: left-out
    delay: 3
    channel: chat
    from: A colleague
    to: commander
    body: ${quoted(`It goes on. Was anything done about this: ${step.title}?`)}

# Wrong moves that the drill watches for. \`when\` is true once somebody made it; \`play\` is how the script makes it.
traps:
  - id: left-out
    inject: second-sign
    says: ${quoted(`Left out: ${step.title}`)}
    instead: ${quoted('Do it, or write down who does it and when')}
    kind: harmful
    when: ${quoted(`steps.${spelt(step.id)} == "skip"`)}
    play: { moves: { ${step.id}: { skip: ${quoted('It seemed not to be needed')} } } }
`;

const endText = (turning: readonly PlannedStep[]): string =>
  turning
    .map(
      (step, i) =>
        `  - { id: end-${i + 1}, says: ${quoted(`Done, and proved where the tool can prove it: ${step.title}`)}, check: ${quoted(`steps.${spelt(step.id)} == "done" || steps.${spelt(step.id)} == "hand"`)} }\n`,
    )
    .join('');

export const drillText = (facts: Facts): string => {
  const { input, moves, turning, first } = facts;
  const { id, runbook, company, today } = input;
  const list = (ids: readonly string[]): string => `[${ids.join(', ')}]`;
  const ids = turning.map((step) => step.id);
  return `${HEAD.replaceAll('ID', id)}
title: ${quoted(runbook.title)}
version: 1.0.0
# What the players are told before the first message.
story: ${quoted(`It is an ordinary morning at ${company}. The pager rings, and you are on call. Everything you see is an exercise.`)}
# What really happened: for the facilitator, and for everybody at the end.
truth: ${quoted('Write what really happened, since when, and what was reached. Only the facilitator knows it before the end.')}
starts: '${today}T09:10:00+00:00'      # when the page comes; the drill's clocks count from here
earliest: '${today}T08:30:00+00:00'    # the earliest sign that anybody could have seen
duration_minutes: ${minutesOf(input.plan)}

${secretsText(facts)}
# Your systems are made up out of inventory.yaml, with the ids of its rows and made-up secrets. Say here only what is different
# in this story: the name of a connector in firebreak.yaml, then the seed of its simulator.
systems: {}
${untestedText(input)}
# What a good responder answers. Steps without a line are done as they stand.
moves:
${moves.map(({ step, move }) => `  ${step.id}: ${move}\n`).join('')}
# What reaches the players: \`at\` in minutes after the page, or \`after\` a trap. \`expect\`: steps that it asks for, \`within\` minutes.
injects:
  - id: the-page
    at: 0
    channel: pager
    from: Monitoring
    to: responder
    body: ${quoted(`Something is wrong: ${runbook.title}. The alert is attached.`)}
    artifact: alert.txt
    expect: ${list(first)}
    within: 10
  - id: second-sign
    at: 10
    channel: phone
    from: A colleague
    to: commander
    body: ${quoted('Customers have begun to ask. What do we know, and what are we doing about it?')}
    expect: ${list(ids.slice(0, 1))}
    within: 20
${trapText(turning)}
# attacker: somebody who goes on until a system really refuses it. With a made-up secret of above, against a system of yours:
#   - { id: thief, says: Reads with the stolen key, instance: CONNECTOR, every_seconds: 30, method: GET, path: /v1/me, headers: { authorization: 'Bearer $secret:ROW' } }

objectives:
  - { id: contain, says: ${quoted('What is dangerous is stopped, and it is proved')}, measures: [declare, contain], steps: ${list(ids)} }
covers:
  pci: [roles, procedures]    # elements of PCI DSS 12.10.1: roles, procedures, continuity, backup, legal, components, brands
  gdpr: ['33.5']              # 33.1, 33.2, 33.3, 33.4, 33.5, 34.1, 34.2, 34.3

enough: second-sign    # from this message on the facts suffice for deciding whom to tell
targets: { declare_minutes: 15, contain_minutes: 45 }

# What must be true at the end. CEL: sim.<connector>, steps.<step>, facts.<fact>, decided.<step>, clocks.<duty>.
end:
${endText(turning)}`;
};

export const briefing = ({
  runbook,
  id,
  company,
  plan,
}: KitInput): string => `# ${runbook.title}: briefing for players

It is an ordinary morning at ${company}. The pager rings, and you are on call.

**Runbook:** ${runbook.title} (\`${id}\`). **Length:** ${minutesOf(plan)} minutes.

## What it is for

- ${runbook.summary.replaceAll(/\s+/g, ' ')}

## Rules

- Every system is simulated and lies on this machine. The one thing that is real is the call test: ring the number, and say first that it is an exercise.
- Messages arrive in the terminal. Files that come with them are read there as well.
- Say aloud what you decide and why; write it where the runbook asks for it. Nobody is graded by name.
- \`REAL EVENT\` ends the drill: say it when something real happens.
`;

export const facilitator = (
  { runbook, untested }: KitInput,
  turning: readonly PlannedStep[],
): string => `# ${runbook.title}: for the facilitator

Not for players before the end.

## What really happened

Write it here and in \`truth:\` of drill.yaml.

## Messages

| When | Over | From, to | What it tests |
| --- | --- | --- | --- |
| T+0 | pager | Monitoring to responder | whether it is declared |
| T+10 | phone | A colleague to commander | ${turning[0] === undefined ? 'who decides' : `\`${turning[0].id}\``} |

## Traps

| Tempts | Wrong move | Consequence | Right |
| --- | --- | --- | --- |
${turning[0] === undefined ? '' : `| \`second-sign\` | Left out: ${turning[0].title} | A colleague, 3 min after the trap: it goes on | Do it, or write down who does it and when |\n`}
## What is not tested

${untested.length === 0 ? 'Every system of the inventory is simulated.' : untested.map((one) => `- ${one}`).join('\n')}
`;

export const alert = ({
  company,
  today,
  runbook,
}: KitInput): string => `EXERCISE. Nothing in this file has happened.

Monitoring of ${company}
${today} 08:30 UTC  first sign
${today} 09:10 UTC  paged: ${runbook.title}
`;
