import { limits } from '../model/limits.ts';
import type { Definitions, World } from '../engine/world.ts';
import { daysBetween, formatUtc } from '../base/instant.ts';
import type { LookHow, Finding } from './contract.ts';
import type { Knowledge } from './knowledge.ts';
import { letterFindings } from './letter-findings.ts';
import { needsOf } from './needs.ts';
import { systemFindings } from './system-findings.ts';

/** Would tonight's actions work? Read-only: resolves every secret, asks every system who we are, looks at every contact. */

/** Letters to people wait for somebody else's signature: better to know by day that nobody could give it. */
const approverFindings = ({ catalog }: Knowledge): readonly Finding[] => {
  const people = catalog.company.value.people ?? [];
  const keyed = people.filter(({ keys = [] }) => keys.length > 0).map(({ handle }) => handle);
  const what = 'approvals';
  if (keyed.length > 1) return [{ what, state: 'ok', detail: `${keyed.join(', ')} have keys`, fix: '' }];
  const detail = keyed.length === 0 ? 'nobody has a key to approve with' : `only ${keyed.join('')} has a key`;
  return [
    {
      what,
      state: 'warning',
      detail,
      fix: 'name SSH keys of two people in firebreak.yaml: firebreak help approvals',
    },
  ];
};

/** No country has this code: `firebreak init` writes it where a number belongs. */
const NO_NUMBER = /^\+?000/;

const contactFindings = ({ catalog }: Knowledge, today: string): readonly Finding[] =>
  catalog.contacts.value.contacts.map(({ id, phone, checked }): Finding => {
    const what = `contact ${id}`;
    if (NO_NUMBER.test(phone.replaceAll(/[^+\d]/g, '')))
      return { what, state: 'warning', detail: `${phone} reaches nobody`, fix: 'write the real number' };
    // The catalog refuses what is no date.
    const age = daysBetween(checked, today) ?? 0;
    const fix = 'ring it and set `checked`';
    if (age > limits.contactStaleDays)
      return { what, state: 'warning', detail: `last rung ${age} days ago`, fix };
    // Here it is tomorrow already where days begin earlier; anything later is a slip, and would never grow old.
    if (age < -1) return { what, state: 'warning', detail: `\`checked\` is ${checked}, still to come`, fix };
    return { what, state: 'ok', detail: `${phone}, checked ${checked}`, fix: '' };
  });

/** Whether anything would show that the journal was shortened or rewritten later. */
const anchorFindings = ({ company }: Definitions): readonly Finding[] => {
  const kinds = Object.entries(company.anchors ?? {});
  const counting = kinds.filter(([, anchor]) => !('syslog' in anchor));
  if (counting.length > 0)
    return [{ what: 'anchors', state: 'ok', detail: kinds.map(([name]) => name).join(', '), fix: '' }];
  const detail =
    kinds.length === 0
      ? 'no checkpoint leaves this machine: who has it can rewrite the journal unseen'
      : 'checkpoints go to syslog alone, and from there nobody can read them back';
  return [{ what: 'anchors', state: 'warning', detail, fix: 'name two under `anchors` in firebreak.yaml' }];
};

export const examine = async (
  knowledge: Knowledge,
  own: Knowledge,
  definitions: Definitions,
  world: World,
  how: LookHow = {},
): Promise<readonly Finding[]> => {
  const { catalog } = knowledge;
  const files = catalog.issues
    .filter((issue) => issue.severity === 'error')
    .map((issue): Finding => ({
      what: `${issue.file}:${issue.line}`,
      state: 'broken',
      detail: issue.message,
      fix: issue.hint ?? '',
    }));
  const example: readonly Finding[] =
    catalog.source === 'example'
      ? [
          {
            what: 'workspace',
            state: 'warning',
            detail: 'there is none: the built-in example company is used',
            fix: 'firebreak init',
          },
        ]
      : [];
  const systems = await systemFindings(world, definitions, await needsOf(own, definitions), how);
  how.stop?.throwIfAborted();
  return [
    ...example,
    ...anchorFindings(definitions),
    ...files,
    ...systems,
    ...letterFindings(catalog, world.clock.now()),
    ...approverFindings(knowledge),
    ...contactFindings(knowledge, formatUtc(world.clock.now()).slice(0, 10)),
  ];
};
