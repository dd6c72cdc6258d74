import { maskSecrets } from '../../src/base/mask.ts';
import { fakeHanding } from '../cli/fake-packets.ts';
import type { FakeIncident } from './incident.ts';

/** Changing laptops: the file is made up, and the entry that hands the incident over is written. */
export const handingTo = (write: FakeIncident['write']): Pick<FakeIncident, 'packet' | 'packetPlan'> => {
  const handing = fakeHanding();
  return {
    packetPlan: async (line, out) => await handing.packetPlan(line, out),
    packet: async (line, out) => {
      const to = '1a2b-3c4d-5e6f-7a8b';
      write({ kind: 'journal.handed', pub: { to, to_age: 'age1q', to_key: 'b'.repeat(64) } });
      return { ...(await handing.packet(line, out)), to };
    },
  };
};

/** As the app says what it hid in typed words. */
export const maskedShown: FakeIncident['masked'] = (text) => {
  const { text: safe, masked } = maskSecrets(text);
  return { text: safe, masked: masked.map(({ kind, count }) => `${count} ${kind}`) };
};
