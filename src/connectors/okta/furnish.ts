import { HOOK_URL, having } from '../furnishing.ts';
import type { Furnished, Furnishing } from '../furnishing.ts';

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
        secrets: asked.rows.flatMap(({ params }) =>
          params['app'] === id && params['secret'] !== undefined
            ? [{ id: params['secret'] }, { id: `next-${params['secret']}` }]
            : [],
        ),
      })),
      event_hooks: hooks.filter(({ does }) => !inline(does)).map(({ hook }) => hook),
      inline_hooks: hooks.filter(({ does }) => inline(does)).map(({ hook }) => hook),
    },
  };
};
