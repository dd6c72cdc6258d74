import type { OpenIncident } from './contract.ts';
import { previewExport } from './export-preview.ts';
import type { IncidentParts } from './parts.ts';

/** What leaves an incident as a file: loaded when it is asked for. */
export const exportDoor = (
  parts: IncidentParts,
): Pick<OpenIncident, 'export' | 'previewExport' | 'checkWithheld' | 'openWithheld' | 'disclose'> => {
  const withheld = async () => await import('./withheld.ts');
  return {
    export: async (format, out, asked = {}) =>
      await (await import('./exporting.ts')).writeExport(parts, format, out, asked),
    previewExport: (format, asked, out) => previewExport(parts, format, asked, out),
    checkWithheld: async (path) => (await withheld()).checkWithheld(parts, path),
    openWithheld: async (path, out, entries) =>
      await (await withheld()).openWithheld(parts, path, out, entries),
    disclose: async (n, fields, out) => {
      await (await import('./disclosing.ts')).writeDisclosure(parts, n, fields, out);
    },
  };
};
