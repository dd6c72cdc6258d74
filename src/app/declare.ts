import type { Instant } from '../base/instant.ts';
import { formatLocal } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { World } from '../engine/world.ts';
import type { Random } from '../io/random.ts';
import type { Severity } from '../model/names.ts';
import type { Fresh } from '../model/event.ts';
import { ownObligations } from '../model/own-duty.ts';
import type { Plan } from '../model/plan.ts';
import { compilePlan } from '../plan/compile.ts';
import { regulations } from '../regulations/index.ts';
import { peopleEvents } from './approvals.ts';
import { bindingsOf, definitionsOf, freezeCatalog, freezeEvents, planEvents } from './definitions.ts';
import type { Connectors } from './definitions.ts';

/** The first entries of an incident: that it is one, what was known and what the plan was. */

/** A codename names the incident in public: two harmless words that say nothing about it. */
const firsts = [
  'amber',
  'brass',
  'cedar',
  'cobalt',
  'copper',
  'coral',
  'crimson',
  'ember',
  'fallow',
  'hazel',
  'indigo',
  'ivory',
  'jasper',
  'linen',
  'maple',
  'marble',
  'mossy',
  'ochre',
  'olive',
  'opal',
  'pearl',
  'pewter',
  'russet',
  'sable',
  'saffron',
  'slate',
  'sorrel',
  'tawny',
  'umber',
  'velvet',
  'walnut',
  'willow',
] as const;
const seconds = [
  'badger',
  'bittern',
  'curlew',
  'dipper',
  'dunlin',
  'egret',
  'ermine',
  'falcon',
  'finch',
  'gannet',
  'goshawk',
  'grouse',
  'heron',
  'ibis',
  'jackdaw',
  'kestrel',
  'lapwing',
  'linnet',
  'marten',
  'merlin',
  'osprey',
  'otter',
  'petrel',
  'pipit',
  'plover',
  'raven',
  'sandpiper',
  'siskin',
  'starling',
  'teal',
  'wagtail',
  'wren',
] as const;

const codename = (random: Random): string => {
  const [a = 0, b = 0] = random.bytes(2);
  return `${firsts[a % firsts.length] ?? 'amber'}-${seconds[b % seconds.length] ?? 'otter'}`;
};

export type Opening = Readonly<{
  runbook: string | null;
  title: string;
  earliestAt: Instant;
  aware: Instant | null;
  severity: Severity | null;
  purpose?: 'requests';
}>;

/** Every rule known today is frozen with the incident; a newer one is shown beside it and never slips in. */
const rulesToday = (catalog: Catalog) => [
  ...Object.values(regulations).flatMap((regulation) => regulation.obligations),
  ...ownObligations(catalog.obligations.value),
];

const planOf = async (catalog: Catalog, connectors: Connectors, runbook: string): Promise<Plan> => {
  const found = catalog.runbooks.get(runbook);
  if (found === undefined) {
    const broken = catalog.broken.find((one) => one.kind === 'runbook' && one.id === runbook);
    const near = [...catalog.runbooks.keys()].join(', ');
    throw new Problem('not-found', {
      what: broken === undefined ? 'runbook' : 'working runbook (its file has errors)',
      id: runbook,
      near,
    });
  }
  const frozen = freezeCatalog(catalog, runbook, []);
  const bindings = await bindingsOf(definitionsOf(frozen, connectors));
  return compilePlan(runbook, found.value, bindings, found.pack);
};

export const attachEvents = async (
  catalog: Catalog,
  connectors: Connectors,
  runbook: string,
): Promise<readonly Fresh[]> => [
  ...freezeEvents(freezeCatalog(catalog, runbook, rulesToday(catalog))),
  ...peopleEvents(catalog.company.value),
  ...planEvents(await planOf(catalog, connectors, runbook)),
];

export const openingEvents = async (
  catalog: Catalog,
  connectors: Connectors,
  world: Pick<World, 'drill' | 'random'>,
  opening: Opening,
): Promise<readonly Fresh[]> => {
  const { runbook, title, earliestAt, aware, severity } = opening;
  const plan = runbook === null ? null : await planOf(catalog, connectors, runbook);
  const { zone } = catalog.company.value.organisation;
  const opened: Fresh = {
    kind: 'incident.opened',
    pub: {
      codename: codename(world.random),
      runbook,
      severity: severity ?? plan?.severity ?? 'high',
      drill: world.drill,
      zone,
      earliest_at: earliestAt,
      ...(opening.purpose === undefined ? {} : { purpose: opening.purpose }),
    },
    priv: { title: { class: 'staff', value: maskSecrets(title).text } },
  };
  const learned: readonly Fresh[] =
    aware === null
      ? []
      : [
          {
            kind: 'fact.learned',
            pub: {
              fact: 'aware',
              value: formatLocal(aware, zone, 'rfc3339'),
              known: true,
              at: aware,
              basis: 'told',
              step: null,
            },
          },
        ];
  return [
    opened,
    ...freezeEvents(freezeCatalog(catalog, runbook, rulesToday(catalog))),
    ...peopleEvents(catalog.company.value),
    ...(plan === null ? [] : planEvents(plan)),
    ...learned,
  ];
};
