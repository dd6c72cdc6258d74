/** A pack that nobody signed. */
export const pack = {
  name: 'acme',
  version: '1.0.0',
  sha256: 'c'.repeat(64),
  signer: null,
  why: 'it has no signature',
  files: ['runbooks/acme-chat/runbook.yaml'],
};
