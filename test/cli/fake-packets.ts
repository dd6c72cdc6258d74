import type { App, OpenIncident, PacketAbout, PacketDoor } from '../../src/app/contract.ts';

/** Incidents that go from one machine to another, made up. */

const root = 'a1b2c3d4e5f60718'.repeat(4);

export const fakeHanding = (): Pick<OpenIncident, 'packet' | 'packetPlan'> => ({
  packetPlan: async (line, out) =>
    await Promise.resolve({
      line,
      check: '1a2b-3c4d-5e6f-7a8b',
      path: out ?? '/exports/HERON.packet',
      codename: 'HERON',
      left: ['2 secrets of live systems'],
    }),
  packet: async (_line, out) =>
    await Promise.resolve({
      path: out,
      size: 42,
      root,
      to: '1a2b-3c4d-5e6f',
      vkey: 'firebreak.invalid/l/aa+00000000+AQ==',
      sha256: 'f'.repeat(64),
      left: ['2 secrets of live systems'],
    }),
});

export const fakeAbout: PacketAbout = {
  incident: 'inc-1',
  codename: 'HERON',
  drill: false,
  by: 'ana',
  at: '2026-11-20T03:12:00.000Z',
  size: 42,
  root,
  origin: 'firebreak.invalid/l/aa',
  vkey: 'firebreak.invalid/l/aa+00000000+AQ==',
  tool: 'firebreak/0.1.0',
  replaces: null,
  remarks: [],
};

export const fakePackets = (about: PacketAbout = fakeAbout, dropped: string[] = []): PacketDoor => ({
  receiver: () => ({ line: 'firebreak-to1qqqq', check: '1a2b-3c4d-5e6f' }),
  open: async () =>
    await Promise.resolve({
      about,
      take: async () =>
        await Promise.resolve({
          incident: about.incident,
          entry: about.size,
          missing: ['meta-lrh.token (env META_TOKEN)'],
          trusted: true,
        }),
      drop: () => void dropped.push(about.incident),
    }),
});

/** Journals as files, and those that come from another machine. */
export const fakeFiles = (): Pick<App, 'journals' | 'packets'> => ({
  packets: async () => await Promise.resolve(fakePackets()),
  journals: async () =>
    await Promise.resolve({
      show: () => [],
      backup: () => [],
      restore: () => ({ incident: 'inc-1', path: '/', entries: 1 }),
    }),
});
