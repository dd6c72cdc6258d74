/** Not a view of an incident but its journal itself, so it is no plug-in among the formats. */
export const BUNDLE = { id: 'bundle', title: 'Evidence that strangers verify, a folder or a zip' } as const;

/** Where things lie in a bundle. The numbers have leading zeros, so that a listing is in the order of the journal. */

const six = (n: number): string => String(n).padStart(6, '0');

export const CHECKPOINT = 'checkpoint';
export const PUBLIC_KEY = 'pub.pem';
export const SIGNERS = 'allowed_signers';
export const DATABASE = 'journal.sqlite';
export const MANIFEST = 'manifest.dsse.json';
export const GUIDE = 'VERIFY.md';

export const entryName = (n: number): string => `entries/${six(n)}.json`;
/** Whether it is the name of one of the first `size` entries. */
export const isEntryName = (name: string, size: number): boolean => {
  const digits = name.startsWith('entries/') ? name.slice('entries/'.length, -'.json'.length) : '';
  return /^[0-9]{6,15}$/.test(digits) && Number(digits) < size && name === entryName(Number(digits));
};
export const proofName = (n: number): string => `proofs/${six(n)}.tlog-proof`;
export const growthName = (from: number, to: number): string => `proofs/${six(from)}-${six(to)}.consistency`;
/** Where a checkpoint lies that left the machine, and where one that shows only that the tree grew. */
export const markName = (size: number, anchored: boolean): string =>
  `${anchored ? 'anchors' : 'proofs'}/${six(size)}.checkpoint`;
/** The last checkpoint of somebody who wrote the journal before, and their public key. */
export const originName = (size: number, extension: 'checkpoint' | 'pem'): string =>
  `origins/${six(size)}.${extension}`;
export const receiptName = (size: number, kind: string, extension: string): string =>
  `anchors/${six(size)}-${kind.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${extension}`;

/** Files that the signed root covers by itself: the manifest does not list them again. */
export const underRoot = ['entries/', 'tile/'] as const;
export const isUnderRoot = (name: string): boolean => underRoot.some((folder) => name.startsWith(folder));

/** Any of them in a folder means that it is a bundle, whatever was taken out of it. */
export const marksOfBundle = [
  MANIFEST,
  CHECKPOINT,
  PUBLIC_KEY,
  GUIDE,
  SIGNERS,
  'entries',
  'tile',
  'proofs',
] as const;
