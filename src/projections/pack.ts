import type { PackMark, Plan } from '../model/plan.ts';

/** Where the runbook comes from, where that is not this program or the team itself; null there. Unsigned ones say so first. */
export const packWords = (plan: Pick<Plan, 'pack'> | null): string | null => {
  const pack = plan?.pack;
  if (pack === undefined) return null;
  return `${signedWords(pack)}: runbook of pack ${pack.name} ${pack.version}, manifest sha256 ${pack.sha256}`;
};

const signedWords = ({ signer }: PackMark): string => (signer === null ? 'UNSIGNED' : `Signed by ${signer}`);

export const isUnsigned = (plan: Pick<Plan, 'pack'> | null): boolean => plan?.pack?.signer === null;
