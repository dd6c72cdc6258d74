import { HOUR } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { collectLogs } from '../engine/collect/collect.ts';
import type { CollectLine, CollectReport, Reading } from '../engine/collect/lines.ts';
import type { Window } from '../connectors/connector.ts';
import { holdsEngine } from './acting.ts';
import { definitionsOf } from './definitions.ts';
import type { CollectAsked } from './incident-contract.ts';
import type { IncidentParts } from './parts.ts';

/** What vendors mean by a day of memory. */
const DAY_MS = 24 * HOUR;

/** Logs of the systems as evidence. It reaches them with the user's secrets, so it is the holder of the engine who does. */
export const collect = async (
  parts: IncidentParts,
  signal: AbortSignal,
  asked: CollectAsked,
  heard: (line: CollectLine | Reading) => void,
  stop: AbortSignal | undefined,
): Promise<CollectReport> => {
  holdsEngine(parts);
  const definitions = definitionsOf(parts.frozen, parts.connectors);
  const { instances = [], step = null } = asked;
  const known = Object.keys(definitions.company.connectors);
  const odd = instances.find((name) => !known.includes(name));
  if (odd !== undefined)
    throw new Problem('not-found', { what: 'system of firebreak.yaml', id: odd, near: known.join(', ') });
  const window = windowOf(parts, asked);
  const engine = { world: parts.world, definitions, ledger: parts.ledger, signal };
  return await collectLogs(
    stop === undefined ? engine : { ...engine, stop },
    {
      instances: instances.length === 0 ? null : instances,
      window,
      step,
      collector: maskSecrets(parts.actor).text,
    },
    heard,
  );
};

/** What led to the first sign lies before it. */
const BEFORE_MS = DAY_MS;

/**
 * Where nothing is said: the window of a collection that did not get to its end, so that the same command goes on with it; else
 * from a day before the earliest known sign until now.
 */
const windowOf = ({ ledger, world }: IncidentParts, { since, until }: CollectAsked): Window => {
  const state = ledger.state();
  const open =
    since === undefined && until === undefined
      ? [...state.collections.values()].findLast(({ ended }) => ended === null || isLeft(ended.gaps))
      : undefined;
  const from = since ?? open?.since ?? ((state.earliestAt - BEFORE_MS) as Instant);
  const to = until ?? open?.until ?? world.clock.now();
  if (from >= to)
    throw new Problem('usage', {
      why: 'the window ends before it begins: --since must be earlier than --until',
    });
  return { from, to };
};

/** Gaps that another try can close. */
const isLeft = (gaps: readonly string[]): boolean =>
  gaps.some((gap) => gap === 'limited' || gap === 'unreachable' || gap === 'cut');
