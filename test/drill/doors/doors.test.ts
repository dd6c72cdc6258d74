import { describe, expect, test } from 'vitest';
import type { OpenIncident, Prepared } from '../../../src/app/contract.ts';
import { isProblem } from '../../../src/base/problem.ts';
import type { SecretRef } from '../../../src/model/secret.ts';
import type { Outside } from './outside.ts';
import { drillIncident, liveIncident, scene } from './worlds.ts';
import type { Patch, Scene } from './worlds.ts';

/**
 * Every door to what is real, knocked at by the same call in two worlds. In earnest somebody outside hears it, or the test itself
 * would show nothing; in a drill nobody does, though the same definitions name the same addresses.
 */

type Door = Readonly<{
  /** What of the company's definitions leads outside. */
  patch?: Patch;
  knock: (incident: OpenIncident, scene: Scene) => Promise<unknown>;
  /** What is heard outside. */
  came: RegExp;
  /** What is said in the drill; null where the call just works, inside. */
  refusal: RegExp | null;
}>;

const run = async (incident: OpenIncident, prepared: Prepared) =>
  await incident.run(prepared, { yes: true, typed: prepared.phrase, reason: 'a knock' });
const openRoom = async (incident: OpenIncident) =>
  await run(incident, await incident.prepare('open-war-room'));

/** A system whose credential comes from elsewhere, asked for by looking at what would be done to it. */
const withSecret =
  (ref: (outside: Outside) => SecretRef): Patch =>
  (outside, company) => {
    const { parlo } = company.connectors;
    if (parlo === undefined) throw new Error('the example has a chat platform');
    return {
      connectors: { ...company.connectors, parlo: { ...parlo, secrets: { admin_token: ref(outside) } } },
    };
  };
const look = async (incident: OpenIncident) => await incident.prepareItem('parlo-inbox', 'pause');

/** Anchors work by themselves; here they are hurried, and what keeps one from working is said. */
const anchor = async (incident: OpenIncident) => {
  const { anchors } = await incident.anchors.send();
  if (anchors.failing.length === 0) return;
  const entry = incident.timeline().findLast(({ kind }) => kind === 'anchor.failed');
  throw new Error(incident.reveal({ n: entry?.n ?? 0, name: 'detail' }) ?? 'it failed');
};

const note = async (incident: OpenIncident) => await incident.act({ do: 'note', text: 'Something to tell' });
const ship = async (incident: OpenIncident) => {
  await note(incident);
  await incident.ship.send({});
};

const ownPrograms = /a drill runs only its own simulators/;
const wall = /wall/;

const doors: Readonly<Record<string, Door>> = {
  'a program, for evidence': {
    knock: async (incident, { outside }) =>
      await incident.addEvidence({ from: 'command', argv: [outside.program] }, { note: '' }),
    came: /^program$/m,
    refusal: ownPrograms,
  },
  'a program, for a signature': {
    knock: async (incident, { outside }) => {
      await incident.act({ do: 'ask-approval', step: 'send-art34' });
      const asked = incident.timeline().find(({ kind }) => kind === 'approval.asked');
      await incident.sign(asked?.n ?? 0, 'jonas', { with: 'key', path: outside.program, agent: null });
    },
    came: /^program$/m,
    // People of the made-up company sign with made-up keys.
    refusal: null,
  },
  'a program, for a secret': {
    patch: withSecret(({ program }) => ({ command: [program] })),
    knock: look,
    came: /^program$/m,
    refusal: null,
  },
  'the keychain, for a secret': {
    patch: withSecret(() => ({ keychain: 'firebreak-parlo' })),
    knock: look,
    came: /^keychain read firebreak-parlo$/m,
    refusal: null,
  },
  'the keychain, for the mark of the newest checkpoint': {
    knock: note,
    came: /^keychain write mark-/m,
    refusal: null,
  },
  'an address, for evidence': {
    knock: async (incident, { outside }) =>
      await incident.addEvidence({ from: 'url', url: `${outside.http}/page` }, { note: '' }),
    came: /^GET \/page$/m,
    refusal: wall,
  },
  'a vendor at the address of the workspace': {
    knock: async (incident) => await run(incident, await incident.prepareItem('wa-webhooks', 'pause')),
    came: /^DELETE \/meta-lrh\//m,
    refusal: null,
  },
  'Slack, for a room': {
    knock: openRoom,
    came: /^POST \/slack-lrh\/conversations.create$/m,
    refusal: null,
  },
  'Slack, for checkpoints': {
    patch: () => ({ anchors: { room: { slack: 'slack-lrh', channel: '#incident-room' } } }),
    knock: async (incident) => {
      await openRoom(incident);
      await anchor(incident);
    },
    came: /^POST \/slack-lrh\/chat.postMessage$/m,
    refusal: null,
  },
  'a time stamping authority': {
    patch: ({ http }, _company, ca) => ({ anchors: { tsa: { timestamp: `${http}/tsr`, ca } } }),
    knock: anchor,
    came: /^POST \/tsr$/m,
    refusal: wall,
  },
  'syslog, for checkpoints': {
    patch: ({ syslog: { host, port, ca } }) => ({ anchors: { log: { syslog: host, port, ca } } }),
    knock: anchor,
    came: /^syslog$/m,
    refusal: wall,
  },
  'an upload of checkpoints': {
    patch: ({ https }) => ({ anchors: { store: { put: `${https}/store` } } }),
    knock: anchor,
    came: /^PUT \/store\//m,
    refusal: wall,
  },
  'a folder for checkpoints': {
    patch: ({ share }) => ({ anchors: { share: { folder: share } } }),
    knock: anchor,
    came: /^file note$/m,
    refusal: wall,
  },
  'an alert to whoever watches, over HTTPS': {
    patch: ({ https }) => ({ ship: { siem: { https: `${https}/siem` } } }),
    knock: ship,
    came: /^POST \/siem$/m,
    refusal: wall,
  },
  'an alert to whoever watches, over syslog': {
    patch: ({ syslog: { host, port, ca } }) => ({ ship: { siem: { syslog: host, port, ca } } }),
    knock: ship,
    came: /^syslog$/m,
    refusal: wall,
  },
  'an alert to whoever watches, as files': {
    patch: ({ share }) => ({ ship: { siem: { folder: share } } }),
    knock: ship,
    came: /^file jsonl$/m,
    refusal: wall,
  },
  'a file for managers': {
    patch: ({ share }) => ({ bulletin: { file: `${share}/managers.txt` } }),
    knock: async (incident) => await incident.bulletin.look(),
    came: /^file txt$/m,
    refusal: null,
  },
  'Slack, for managers': {
    patch: () => ({ bulletin: { slack: { connector: 'slack-lrh', channel: '#incident-room' } } }),
    knock: async (incident) => {
      await openRoom(incident);
      await incident.bulletin.look();
    },
    came: /^POST \/slack-lrh\/chat.postMessage$/m,
    refusal: null,
  },
  'a folder for copies of the journal': {
    patch: ({ share }) => ({ backup: { folder: share } }),
    knock: note,
    came: /^file sqlite$/m,
    refusal: null,
  },
};

describe.each(Object.entries(doors))('%s', (_name, door) => {
  test('is open in earnest, and walled in a drill', async () => {
    const earnest = await scene(door.patch ?? (() => ({})));
    const incident = await liveIncident(earnest);
    await door.knock(incident, earnest);
    await incident.leave();
    expect(earnest.outside.came().join('\n')).toMatch(door.came);

    const practised = await scene(door.patch ?? (() => ({})));
    const drill = await drillIncident(practised);
    // In the team's own company, whose definitions lead outside.
    expect(drill.place.company).toBe('own');
    const said = await door.knock(drill, practised).then(
      () => null,
      (error: unknown) => (isProblem(error) ? `${error.code} ${JSON.stringify(error.facts)}` : String(error)),
    );
    if (door.refusal === null) expect(said).toBeNull();
    else expect(said).toMatch(door.refusal);
    await drill.leave();
    expect(practised.outside.came()).toEqual([]);
  });
});
