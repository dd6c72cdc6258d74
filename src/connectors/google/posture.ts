import { z } from 'zod';
import { fromRows, mfaOf } from '../asking.ts';
import type { Outside } from '../connector.ts';
import type { Posture } from '../posture.ts';
import { admin, walk } from './api.ts';

/** Google tells for each person whether 2-step verification is enforced, and whether they have it (Directory API, User). */

const person = z.object({
  suspended: z.boolean().default(false),
  archived: z.boolean().default(false),
  isEnforcedIn2Sv: z.boolean().default(false),
});

export const posture = async (outside: Outside): Promise<Posture> => ({
  mfa: await fromRows(
    {
      vendor: admin,
      outside,
      walk: walk('/admin/directory/v1/users', 'users', {
        customer: 'my_customer',
        maxResults: '500',
        fields: 'nextPageToken,users(suspended,archived,isEnforcedIn2Sv)',
      }),
      what: 'reading whom 2-step verification is enforced for',
      schema: person,
    },
    (rows) => {
      const active = rows.filter(({ suspended, archived }) => !suspended && !archived);
      const enforced = active.map((one) => one.isEnforcedIn2Sv);
      return mfaOf(enforced, 'people who can sign in', {
        with: 'must use 2-step verification',
        without: 'need not use 2-step verification',
      });
    },
  ),
});
