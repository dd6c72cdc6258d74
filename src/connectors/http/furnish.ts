import type { Json, JsonObject } from '../../base/canonical.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';
import { scriptSchema } from './script.ts';

const steps = (pointer: string): readonly string[] => pointer.split('/').slice(1);
const under = (path: readonly string[], value: Json): Json =>
  path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && value !== undefined && typeof value === 'object' && !Array.isArray(value);

/** The secret that the recipe speaks with. */
const ownSecret = (recipe: Json): string | null => {
  const auth = isObject(recipe) ? recipe['auth'] : undefined;
  const name = isObject(auth) ? auth['secret'] : undefined;
  return typeof name === 'string' ? name : null;
};

/** What such a system holds stands in its script; what only a drill can give it are the credentials. */
export const furnish = ({ recipe, script, rows, own }: Furnishing): Furnished => {
  const { auth } = scriptSchema.parse(script);
  const name = ownSecret(recipe);
  const leaked = rows
    .filter(({ kind }) => kind === 'credential')
    .map(({ id, secret }) => [id, { id, name: id, secret, scopes: ['*'], revoked: false }] as const);
  const tool =
    name === null
      ? []
      : [
          [
            'firebreak',
            { id: 'firebreak', name: 'firebreak', secret: own(name), scopes: ['*'], revoked: false },
          ] as const,
        ];
  return { seed: under(steps(auth.tokens), Object.fromEntries([...tool, ...leaked])) };
};
