import { company, type Company } from './company.ts';
import { withApprovers } from '../rig/sending.ts';

/** A company whose letters are ready to leave. */
export const office = async (mail: () => string): Promise<Company> => {
  const all = await company({ mail });
  withApprovers(all.workspace);
  return all;
};
