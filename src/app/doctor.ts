import { Problem, isProblem } from '../base/problem.ts';
import type { Outside } from '../connectors/connector.ts';
import { NetworkError, systemHttp } from '../io/http.ts';
import { limits } from '../model/limits.ts';
import type { World } from '../engine/world.ts';
import type { Definitions } from '../engine/world.ts';
import { recipeOf } from '../engine/reach.ts';
import { formatUtc, parseInstant } from '../base/instant.ts';
import type { Instance } from '../model/company.ts';
import type { Finding } from './contract.ts';
import type { Knowledge } from './knowledge.ts';

/** Would tonight's actions work? Read-only: resolves every secret, asks every system who we are, looks at every contact. */

const outsideOf = (world: World, definitions: Definitions, name: string, instance: Instance, base: string, config: Outside['config']): Outside => {
  const signal = AbortSignal.timeout(limits.connectMs);
  return {
    http: systemHttp({ clock: world.clock, wall: world.wall, secrets: () => world.secrets.known(), signal }),
    processes: world.processes,
    clock: world.clock,
    random: world.random,
    baseUrl: base.replace(/\/$/, ''),
    config,
    secret: async (wanted) => {
      const ref = instance.secrets?.[wanted];
      if (ref === undefined) throw new Problem('missing-secret', { name: `${name}.${wanted}`, ref: 'firebreak.yaml', why: 'no reference is given' });
      return await world.secrets.resolve(ref, `${name}.${wanted}`);
    },
    suspects: [],
    key: 'doctor',
    keep: () => Promise.resolve(),
    signal,
    recipe: recipeOf(definitions, instance),
  };
};

const checkInstance = async (world: World, definitions: Definitions, name: string, instance: Instance): Promise<Finding> => {
  const what = `connector ${name}`;
  const connector = await definitions.connectors[instance.uses]?.load();
  if (connector === undefined) {
    return { what, state: 'broken', detail: `there is no connector of the kind ${instance.uses}`, fix: 'correct `uses` in firebreak.yaml' };
  }
  const config = connector.config.safeParse(instance.config ?? {});
  if (!config.success) {
    const lacking = config.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return { what, state: 'broken', detail: `its configuration lacks ${lacking}`, fix: 'complete `config` in firebreak.yaml' };
  }
  const recipe = recipeOf(definitions, instance);
  const named = recipe !== null && typeof recipe === 'object' && 'base_url' in recipe ? recipe['base_url'] : null;
  const base = instance.base_url ?? connector.baseUrl ?? (typeof named === 'string' ? named : '');
  try {
    const { ok, detail } = await connector.health(outsideOf(world, definitions, name, instance, base, config.data));
    return { what, state: ok ? 'ok' : 'broken', detail, fix: ok ? '' : 'its steps will be by hand until this is mended' };
  } catch (error) {
    if (isProblem(error) && error.code === 'missing-secret') {
      const { name: secret = '', ref = '', why = '' } = error.facts;
      return { what, state: 'broken', detail: `the secret ${secret} (${ref}): ${why}`, fix: 'set it, or expect its steps by hand' };
    }
    if (error instanceof NetworkError || error instanceof DOMException || isProblem(error)) {
      return { what, state: 'broken', detail: `it does not answer: ${error.message}`, fix: 'check the network and the address' };
    }
    throw error;
  }
};

const contactFindings = ({ catalog }: Knowledge, today: string): readonly Finding[] => {
  const midnight = (date: string): number => parseInstant(`${date}T00:00:00Z`) ?? 0;
  const days = (from: string): number => (midnight(today) - midnight(from)) / 86_400_000;
  return catalog.contacts.value.contacts.map((contact): Finding => {
    const age = days(contact.checked);
    return age > limits.contactStaleDays
      ? { what: `contact ${contact.id}`, state: 'warning', detail: `last rung ${Math.round(age)} days ago`, fix: 'ring it and set `checked`' }
      : { what: `contact ${contact.id}`, state: 'ok', detail: `${contact.phone}, checked ${contact.checked}`, fix: '' };
  });
};

export const examine = async (knowledge: Knowledge, definitions: Definitions, world: World): Promise<readonly Finding[]> => {
  const { catalog } = knowledge;
  const files = catalog.issues
    .filter((issue) => issue.severity === 'error')
    .map((issue): Finding => ({ what: `${issue.file}:${issue.line}`, state: 'broken', detail: issue.message, fix: issue.hint ?? '' }));
  const example: readonly Finding[] =
    catalog.source === 'example'
      ? [{ what: 'workspace', state: 'warning', detail: 'there is none: the built-in example company is used', fix: 'firebreak init' }]
      : [];
  const systems = await Promise.all(
    Object.entries(definitions.company.connectors).map(async ([name, instance]) => await checkInstance(world, definitions, name, instance)),
  );
  return [...example, ...files, ...systems, ...contactFindings(knowledge, formatUtc(world.clock.now()).slice(0, 10))];
};
