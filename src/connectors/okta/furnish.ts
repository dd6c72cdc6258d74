import { HOOK_URL, having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

/** What a drill replaces stands alone, because an app has two at most; what it only ends needs another that goes on. */
const secretsOf = ({ rows }: Furnishing, app: string) =>
  rows.flatMap(({ params, does, secret }) => {
    const { secret: id } = params;
    if (params['app'] !== app || id === undefined) return [];
    const own = { id, client_secret: secret };
    return does.includes('make-secret') ? [own] : [own, { id: `next-${id}` }];
  });

export const furnish = (asked: Furnishing): Furnished => {
  const inline = (does: readonly string[]): boolean => does.includes('pause-inline-hook');
  const hooks = having(asked, 'hook', (id, { does }) => ({ does, hook: { id, uri: HOOK_URL } }));
  return {
    seed: {
      tokens: [
        { id: '00Tfirebreak', token: asked.own('token'), name: 'firebreak' },
        ...having(asked, 'token', (id, { title, secret }) => ({ id, token: secret, name: title })),
      ],
      users: having(asked, 'user', (id) => ({ id, grants: [`grant-${id}`] })),
      apps: having(asked, 'app', (id, { title }) => ({
        id,
        label: title,
        tokens: [`token-${id}`],
        secrets: secretsOf(asked, id),
      })),
      event_hooks: hooks.filter(({ does }) => !inline(does)).map(({ hook }) => hook),
      inline_hooks: hooks.filter(({ does }) => inline(does)).map(({ hook }) => hook),
    },
  };
};
