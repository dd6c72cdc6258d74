import { formatDuration } from '../base/duration.ts';
import { lacking } from '../audit/scopes.ts';
import { isProblem } from '../base/problem.ts';
import { openDoor } from '../engine/door.ts';
import type { Definitions, World } from '../engine/world.ts';
import { limits } from '../model/limits.ts';
import type { LookHow, Finding } from './contract.ts';
import { healthOf } from './health.ts';
import type { Told } from './health.ts';
import type { Need } from './needs.ts';

/** Would tonight's actions work at each system? Read-only: one question to each, and every secret resolved. */
export const systemFindings = async (
  world: World,
  definitions: Definitions,
  needs: readonly Need[],
  { heard, stop }: LookHow = {},
): Promise<readonly Finding[]> => {
  const ask = async (name: string): Promise<Told> => {
    heard?.(`connector ${name}`, 'begun');
    try {
      return await healthOf(world, definitions, name, stop);
    } finally {
      heard?.(`connector ${name}`, 'ended');
    }
  };
  const asked = await Promise.all(
    Object.keys(definitions.company.connectors).map(async (name) => ({
      name,
      told: await ask(name),
      needs: needs.filter(({ instance }) => instance === name),
    })),
  );
  stop?.throwIfAborted();
  const systems = await Promise.all(
    asked.map(async ({ name, told, needs: own }) => [
      systemFinding(name, told),
      ...scopeFindings(name, told, own),
      ...(await secretFindings(world, definitions, name, told, own)),
    ]),
  );
  return [...systems.flat(), ...clockFindings(asked)];
};

const BY_HAND = 'until then its steps are by hand: firebreak runbook print';

const systemFinding = (name: string, told: Told): Finding => {
  const what = `connector ${name}`;
  switch (told.is) {
    case 'asked':
      return told.health.ok
        ? { what, state: 'ok', detail: told.health.detail, fix: '' }
        : {
            what,
            state: 'broken',
            detail: told.health.detail,
            fix: `mend or replace its credential; ${BY_HAND}`,
            credential: 'refused',
          };
    case 'no-secret':
      return { what, state: 'broken', detail: told.why, fix: `set it; ${BY_HAND}`, credential: 'missing' };
    case 'silent':
      return {
        what,
        state: 'broken',
        detail: `it does not answer: ${told.why}`,
        fix: 'check the network and the address',
      };
    case 'shut':
      return { what, state: 'broken', detail: told.why, fix: told.fix };
  }
};

/** Which actions would be refused although the credential is let in, and which runbooks would notice. */
const scopeFindings = (name: string, told: Told, needs: readonly Need[]): readonly Finding[] => {
  if (told.is !== 'asked' || !told.health.ok || needs.length === 0) return [];
  const what = `scopes of ${name}`;
  const { scopes } = told.health;
  if (scopes === undefined)
    return [
      {
        what,
        state: 'ok',
        detail: `the system does not tell them; ${needs.length} actions need: ${unique(needs.flatMap(({ action }) => action.scopes))}`,
        fix: '',
      },
    ];
  const short = needs.map((need) => ({ need, ...lacking(scopes, need.action.scopes) }));
  const refused = short.filter(({ always }) => always.length > 0);
  const perhaps = short.filter(({ always, sometimes }) => always.length === 0 && sometimes.length > 0);
  const found = [
    ...refused.map(({ need, always }): Finding => ({
      what: `${need.id} at ${name}`,
      state: 'broken',
      detail: `its credential lacks ${always.join(', ')}; needed by ${need.by.join(', ')}`,
      fix: `grant ${always.join(', ')}; ${BY_HAND}`,
      credential: 'refused',
    })),
    ...perhaps.map(({ need, sometimes }): Finding => ({
      what: `${need.id} at ${name}`,
      state: 'warning',
      detail: `its credential lacks ${sometimes.join(', ')}, which some of its targets need`,
      fix: `grant ${sometimes.join(', ')}, or see that no target needs it`,
    })),
  ];
  return found.length > 0
    ? found
    : [{ what, state: 'ok', detail: `enough for ${needs.length} actions`, fix: '' }];
};

const unique = (words: readonly string[]): string => [...new Set(words)].join('; ') || 'none';

/** Secrets that the question of `health` did not need, and an action will. */
const secretFindings = async (
  world: World,
  definitions: Definitions,
  name: string,
  told: Told,
  needs: readonly Need[],
): Promise<readonly Finding[]> => {
  if (told.is !== 'asked') return [];
  const door = await openDoor(world, definitions, name);
  if (door.is === 'shut') return [];
  const wanted = [...new Set(needs.flatMap(({ action }) => action.secrets))];
  const found = await Promise.all(
    wanted.map(async (secret): Promise<readonly Finding[]> => {
      try {
        await door.secret(secret);
        return [];
      } catch (error) {
        if (!isProblem(error) || error.code !== 'missing-secret') throw error;
        const by = needs.filter(({ action }) => action.secrets.includes(secret)).map(({ id }) => id);
        const { ref = '', why = '' } = error.facts;
        return [
          {
            what: `secret ${name}.${secret}`,
            state: 'broken',
            detail: `${ref}: ${why}; needed by ${by.join(', ')}`,
            fix: `set it; ${BY_HAND}`,
            credential: 'missing',
          },
        ];
      }
    }),
  );
  return found.flat();
};

/** Signed requests and one-time passwords fail from about this much on, and every time in the journal is off by it. */
const clockFindings = (asked: readonly Readonly<{ name: string; told: Told }>[]): readonly Finding[] => {
  const heard = asked.flatMap(({ name, told }) =>
    told.is === 'asked' && told.aheadMs !== null ? [{ name, aheadMs: told.aheadMs }] : [],
  );
  const off = heard.filter(({ aheadMs }) => Math.abs(aheadMs) > limits.clockSkewMs);
  const what = 'clock of this machine';
  if (heard.length === 0)
    return [
      { what, state: 'ok', detail: 'no system told its time, so there is nothing to compare', fix: '' },
    ];
  if (off.length === 0)
    return [
      { what, state: 'ok', detail: `agrees with ${heard.map(({ name }) => name).join(', ')}`, fix: '' },
    ];
  return [
    {
      what,
      // One system alone may itself be wrong.
      state: off.length > heard.length / 2 ? 'broken' : 'warning',
      detail: off
        .map(
          ({ name, aheadMs }) => `${formatDuration(aheadMs)} ${aheadMs > 0 ? 'ahead of' : 'behind'} ${name}`,
        )
        .join(', '),
      fix: 'set it by NTP: timedatectl set-ntp true',
    },
  ];
};
