import { signerFromSeed } from '../../src/journal/keys.ts';

/** The same keys in every program of the harness. */
export const keys = { signer: signerFromSeed(Buffer.alloc(32, 7)), kek: Buffer.alloc(32, 9) };
