import { z } from 'zod';
import type { Outcome } from '../../model/action.ts';
import type { CallRequest } from '../call.ts';
import { action } from '../connector.ts';
import type { Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import type { Reading, Setting } from '../setting.ts';
import { shown } from '../several.ts';
import { succeeded } from '../vendor.ts';
import { cloudflare, resultOf } from './api.ts';
import { pathInput, rulesetSchema } from './schema.ts';
import type { PathInput, Rule } from './schema.ts';

/**
 * A path of ours taken off the air at the edge, in seconds and whatever stands behind it: one rule among the zone's own. The
 * whole ruleset is never written, because that would replace what somebody else put there.
 */

/** `none`: there is no such rule; `off`: it is there and sleeps; `on`: it blocks. */
const stateSchema = z.object({ rule: z.enum(['none', 'off', 'on']) });
type State = z.infer<typeof stateSchema>;

const PHASE = 'http_request_firewall_custom';

const ruleOf = (path: string) => ({
  action: 'block',
  expression: `(http.request.uri.path eq "${path}")`,
  description: `firebreak: ${path}`,
  enabled: true,
});

type Entry = Readonly<{ ruleset: string | null; rule: Rule | null }>;

/** Our rule is known by its words and its expression: one whose expression was changed is not ours any more. */
const entryOf = async (
  { zone, path }: PathInput,
  outside: Outside,
): Promise<Entry | Readonly<{ refusal: Outcome }>> => {
  const answer = await cloudflare.ask(outside, {
    method: 'GET',
    path: `/zones/${zone}/rulesets/phases/${PHASE}/entrypoint`,
  });
  // A zone that never had a rule has no ruleset for this phase.
  if (answer.status === 404) return await emptyZone(zone, outside);
  const ruleset = rulesetSchema.safeParse(resultOf(answer));
  if (!succeeded(answer) || !ruleset.success)
    return { refusal: cloudflare.refused(answer, 'reading the rules') };
  const { description, expression } = ruleOf(path);
  const rule = ruleset.data.rules.find(
    (one) => one.description === description && one.expression === expression && one.action === 'block',
  );
  return { ruleset: ruleset.data.id, rule: rule ?? null };
};

/** 404 is also what a token hears that may not see the zone, so the list of rulesets must be readable. */
const emptyZone = async (zone: string, outside: Outside): Promise<Entry | Readonly<{ refusal: Outcome }>> => {
  const answer = await cloudflare.ask(outside, { method: 'GET', path: `/zones/${zone}/rulesets` });
  return succeeded(answer)
    ? { ruleset: null, rule: null }
    : { refusal: cloudflare.refused(answer, 'reading the rules') };
};

const read = async (input: PathInput, outside: Outside): Promise<Reading<State>> => {
  const entry = await entryOf(input, outside);
  if ('refusal' in entry) return entry;
  return { state: { rule: entry.rule === null ? 'none' : entry.rule.enabled ? 'on' : 'off' }, remarks: [] };
};

const requestFor = (to: State, { zone, path }: PathInput, { ruleset, rule }: Entry): CallRequest | null => {
  const rules = `/zones/${zone}/rulesets/${ruleset ?? ''}/rules`;
  if (to.rule === 'none') return rule === null ? null : { method: 'DELETE', path: `${rules}/${rule.id}` };
  if (rule !== null)
    return {
      method: 'PATCH',
      path: `${rules}/${rule.id}`,
      json: { ...ruleOf(path), enabled: to.rule === 'on' },
    };
  if (ruleset !== null) return { method: 'POST', path: rules, json: ruleOf(path), creates: true };
  const made = { name: 'firebreak', kind: 'zone', phase: PHASE, rules: [ruleOf(path)] };
  return { method: 'POST', path: `/zones/${zone}/rulesets`, json: made, creates: true };
};

const set = async (to: State, input: PathInput, outside: Outside): Promise<Outcome> => {
  const entry = await entryOf(input, outside);
  if ('refusal' in entry) return entry.refusal;
  const request = requestFor(to, input, entry);
  if (request === null) return { result: 'already', detail: 'there is no such rule' };
  const answer = await cloudflare.ask(outside, request);
  return succeeded(answer)
    ? { result: 'done', detail: `changing the rule: confirmed with ${answer.status}`, http: answer.status }
    : cloudflare.refused(answer, 'changing the rule');
};

const setting: Setting<PathInput, State> = {
  what: 'the rule',
  state: stateSchema,
  read,
  isOff: ({ rule }) => rule === 'on',
  off: () => ({ rule: 'on' }),
  set,
  says: {
    on: 'Cloudflare shows no rule of ours that blocks the path',
    off: 'Cloudflare shows our rule, and it blocks the path',
  },
};

export const blockPath = action<PathInput>({
  title: 'Block a path at the edge',
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  scopes: ['Zone WAF: Edit'],
  secrets: ['token'],
  input: pathInput,
  byHand: {
    where: 'dash.cloudflare.com > the zone > Security > WAF > Custom rules',
    steps: [
      'Create a rule: URI Path equals the path, action Block',
      'Deploy it and open the path from outside: it must answer 403',
    ],
    record: 'the rule’s name, the path, the time',
  },
  async preview(input, outside) {
    const sent: CallRequest = {
      method: 'POST',
      path: `/zones/${input.zone}/rulesets/{the zone’s own}/rules`,
      json: ruleOf(input.path),
    };
    return {
      calls: [shown(outside.baseUrl, sent, 'or the rule that is there already is switched on')],
      breaks: [
        `Everybody who asks for ${input.path} is refused within seconds. A provider that sends webhooks there keeps trying for a while and then switches its webhook off: good for hours, bad for days.`,
      ],
      ...(await previewSetting(setting, input, outside)),
    };
  },
  ...switchOff(setting),
});
