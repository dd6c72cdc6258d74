import { readJwt } from '../../base/jwt.ts';
import { formatUtc } from '../../base/instant.ts';
import type { Instant } from '../../base/instant.ts';
import type { Ask } from '../../io/server.ts';
import { bearer, body, fault, stay } from './frame.ts';
import type { Turn } from './frame.ts';
import type { World } from './world.ts';

/** What api.github.com tells an app that comes with its own JWT: where it is installed, suspended or not, and a token there. */

/** Why the JWT is not taken; null when it is. */
const refusal = (world: World, ask: Ask, now: Instant): string | null => {
  const claims = readJwt(bearer(ask) ?? '', world.app.public_key);
  if (claims === null || claims['iss'] !== world.app.id) return 'A JSON web token could not be decoded';
  const { iat, exp } = claims;
  const seconds = Math.floor(now / 1000);
  if (typeof iat !== 'number' || typeof exp !== 'number' || iat > seconds + 60)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  return exp < seconds || exp > seconds + 600
    ? "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
    : null;
};

const shown = (one: World['installations'][number]) => ({
  ...one,
  repository_selection: 'all',
  account: { login: one.org },
});

export const appRoutes = (world: World, ask: Ask, now: Instant): Turn => {
  const refused = refusal(world, ask, now);
  if (refused !== null) return stay(world, fault(401, refused));
  if (ask.path === '/app/installations') return stay(world, body(200, world.installations.map(shown)));
  const found = /^\/app\/installations\/(\d+)(\/suspended|\/access_tokens)?$/.exec(ask.path);
  const one = world.installations.find((row) => row.id === Number(found?.[1]));
  if (found === null || one === undefined) return stay(world, fault(404, 'Not Found'));
  const turned = (suspended: string | null): Turn => ({
    state: {
      ...world,
      installations: world.installations.map((row) =>
        row === one ? { ...row, suspended_at: suspended } : row,
      ),
    },
    answer: body(204, null),
  });
  switch (`${ask.method} ${found[2] ?? ''}`) {
    case 'GET ':
      return stay(world, body(200, shown(one)));
    case 'DELETE ': {
      const state = {
        ...world,
        orgs: [...new Set([...world.orgs, one.org])],
        installations: world.installations.filter((row) => row !== one),
      };
      return { state, answer: body(204, null) };
    }
    case 'PUT /suspended':
      return turned(one.suspended_at ?? formatUtc(now));
    case 'DELETE /suspended':
      return turned(null);
    case 'POST /access_tokens':
      return one.suspended_at === null
        ? stay(world, body(201, { token: `ghs_sim_${one.id}`, expires_at: formatUtc(now), permissions: {} }))
        : stay(world, fault(403, 'This installation has been suspended'));
    default:
      return stay(world, fault(404, 'Not Found'));
  }
};
