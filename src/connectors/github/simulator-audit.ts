import type { Json } from '../../base/canonical.ts';
import { formatUtc, instant, parseInstant } from '../../base/instant.ts';
import type { Instant } from '../../base/instant.ts';
import type { Ask } from '../../io/server.ts';
import { body, lacking, stay } from './frame.ts';
import type { Told, Turn } from './frame.ts';
import type { World } from './world.ts';

/** The audit log of an organisation: what a scenario says that happened, and every change since, by whoever made it. */

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\/hooks/, 'hook'],
  [/\/keys/, 'public_key'],
  [/\/installations/, 'integration_installation'],
  [/\/personal-access-tokens/, 'personal_access_token'],
  [/\/credential-authorizations/, 'org_credential_authorization'],
  [/\/actions/, 'org'],
  [/\/credentials\/revoke/, 'credential'],
];

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'config_changed',
  DELETE: 'destroy',
};

/** The same change with its line in the log. */
export const logged = (turn: Turn, before: World, ask: Ask, actor: string, now: Instant): Turn => {
  if (turn.state === before) return turn;
  const name = NAMES.find(([path]) => path.test(ask.path))?.[1] ?? 'org';
  const [, , first = '', second = ''] = ask.path.split('/');
  const line = {
    at: formatUtc(now),
    action: `${name}.${VERBS[ask.method] ?? 'update'}`,
    actor,
    org: first,
    repo: ask.path.startsWith('/repos/') ? `${first}/${second}` : '',
    include: 'web' as const,
  };
  return { ...turn, state: { ...turn.state, audit: [...turn.state.audit, line] } };
};

const span = (told: Told): readonly [number, number] => {
  const [, since = '', until = ''] =
    /^created:(\S+)\.\.(\S+)$/.exec(told.ask.query['phrase']?.[0] ?? '') ?? [];
  return [parseInstant(since) ?? instant(0), parseInstant(until) ?? told.now];
};

export const audit = (told: Told): Turn => {
  const { world, ask, token, match } = told;
  const not = lacking(token, ['read:audit_log', 'admin:org']);
  if (not !== null) return stay(world, not);
  const [from, to] = span(told);
  const include = ask.query['include']?.[0] ?? 'web';
  const inside = world.audit.filter((line) => {
    const at = parseInstant(line.at) ?? 0;
    return line.org === match['org'] && line.include === include && at >= from && at <= to;
  });
  const size = Number(ask.query['per_page']?.[0] ?? '30');
  const skip = Number(ask.query['after']?.[0] ?? '0');
  const rows = inside.slice(skip, skip + size).map(({ at, include: _include, repo, ...line }, i): Json => ({
    '@timestamp': parseInstant(at) ?? 0,
    _document_id: `sim-${skip + i}`,
    created_at: parseInstant(at) ?? 0,
    ...line,
    ...(repo === '' ? {} : { repo }),
  }));
  const query = new URLSearchParams(
    Object.entries(ask.query).flatMap(([name, [value = '']]): [string, string][] =>
      name === 'after' ? [] : [[name, value]],
    ),
  );
  query.set('after', String(skip + size));
  const more = inside.length > skip + size;
  const link = more ? { link: `<https://api.github.com${ask.path}?${query.toString()}>; rel="next"` } : {};
  return stay(world, body(200, rows, link));
};
