/** What other programs read of the faults of definitions. */
export { issuesAsSarif } from '../catalog/sarif.ts';
