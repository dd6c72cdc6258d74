/** A revocation that nobody knows the end of: begun, and no outcome. */
export const unsureIntent = (idem: string) =>
  ({
    kind: 'act.intent',
    pub: {
      step: 'revoke-token',
      target: 'wa-system-user-token',
      instance: 'meta',
      action: 'meta.revoke-token',
      attempt: 1,
      direction: 'do',
      of: null,
      effect: 'irreversible',
      retry: 'B',
      confidence: 'unconfirmed',
      idem,
      plan_sha256: 'b',
    },
  }) as const;
