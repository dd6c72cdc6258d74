import type { Action, Connector, Outside } from '../connectors/connector.ts';
import { NetworkError } from '../io/http.ts';
import { Secret } from '../io/secrets.ts';
import { MailError } from '../io/mail.ts';
import { systemRandom } from '../io/random.ts';
import { systemClock } from '../io/clock.ts';

/** The page that tells what each connector can do: every word of it is the connectors' own. */

type Member = Readonly<{ id: string; connector: Connector }>;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();

const kindOf = (action: Action): string => {
  if (action.noApi === true) return 'by hand only';
  if (action.makes !== undefined) return action.makes.endsOld ? 'rotate, the old ends at once' : 'rotate';
  if (action.effect === 'reads') return 'reads';
  if (action.creates === true) return 'makes';
  return action.undo === undefined ? 'revoke' : 'pause';
};

const proofOf = (action: Action): string => {
  if (action.makes === undefined) return proofOfEnd(action);
  return action.makes.endsOld
    ? 'the new one is used, and the old one is refused'
    : 'the new one is used; what ends the old one has its own proof';
};

const proofOfEnd = (action: Action): string =>
  action.needsSuspect === true ? 'the leaked credential is tried' : 'the system is asked';

const undoOf = (action: Action): string => {
  if (action.undo !== undefined) return 'yes';
  return action.noApi === true && action.effect === 'reversible' ? 'by hand' : 'no';
};

const rowOf = ([id, action]: readonly [string, Action]): string => {
  const cells = [
    `\`${id}\``,
    action.title,
    kindOf(action),
    proofOf(action),
    undoOf(action),
    action.byHand.where,
    action.scopes.join('; ') || 'none of its own',
    action.confidence === 'confirmed' ? 'confirmed' : 'from memory',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

const HEAD = ['Action', 'What it does', 'Kind', 'Verified by', 'Undo', 'By hand', 'Permission', 'Calls'];

const table = (head: readonly string[], rows: readonly string[]): string =>
  [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows].join('\n');

const UNREACHED = 'nothing is reached here';

/** What a listing says of itself where nothing can be read: the rest of its blind spots hold everywhere. */
const nowhere = (connector: Connector): Outside => ({
  http: {
    fetch: async () => await Promise.reject(new NetworkError('refused', false, UNREACHED)),
  },
  mail: { connect: async () => await Promise.reject(new MailError(UNREACHED, false)) },
  processes: {
    run: async () =>
      await Promise.resolve({ exit: null, started: false, stdout: '', stderr: '', timedOut: false }),
  },
  clock: systemClock(),
  random: systemRandom(),
  baseUrl: connector.baseUrl ?? 'https://system.example',
  config: {},
  secret: async () => await Promise.resolve(new Secret('a secret that is never sent')),
  suspects: [],
  fresh: null,
  made: () => Promise.resolve(),
  key: 'page',
  keep: async () => {},
  signal: new AbortController().signal,
  within: () => new AbortController().signal,
  recipe: null,
});

const blindSpots = async ({ connector }: Member): Promise<readonly string[]> => {
  if (connector.list === undefined) return ['it lists nothing: the inventory is kept by hand'];
  if (connector.bind !== undefined) return ['its recipe tells'];
  const { blindSpots: all } = await connector.list(nowhere(connector));
  return [...new Set(all.filter((one) => !one.includes(UNREACHED)))];
};

const logsOf = ({ logs = [] }: Connector): readonly string[] =>
  logs.length === 0
    ? ['no log by its API: what a person exports there is added with `firebreak evidence add`']
    : logs.map(
        (one) => `\`${one.name}\`: ${one.holds} (${one.scopes.join('; ') || 'no permission of its own'})`,
      );

const sectionOf = async (member: Member): Promise<string> => {
  const { id, connector } = member;
  const actions = Object.entries(connector.actions);
  const needs = Object.entries(connector.secrets).map(([name, says]) => `- \`${name}\`: ${says}`);
  const parts = [
    `## ${connector.title}`,
    `\`uses: ${id}\`${connector.baseUrl === null ? '; it answers at an address of your own (`base_url`)' : ''}`,
    ...(needs.length === 0 ? [] : [`Secrets:\n\n${needs.join('\n')}`]),
    actions.length === 0
      ? 'Its actions come from a recipe in the workspace, `connectors/<recipe>.yaml`.'
      : table(HEAD, actions.map(rowOf)),
    `Collects for evidence:\n\n${logsOf(connector)
      .map((one) => `- ${one}`)
      .join('\n')}`,
    `What its listing cannot see:\n\n${(await blindSpots(member)).map((one) => `- ${one}`).join('\n')}`,
  ];
  return parts.join('\n\n');
};

const KINDS = ['pause', 'revoke', 'rotate', 'by hand only'] as const;

const countOf = (actions: readonly Action[], kind: (typeof KINDS)[number]): string =>
  String(actions.filter((action) => kindOf(action).split(',')[0] === kind).length);

const overview = (members: readonly Member[]): string =>
  table(
    [
      'System',
      'Pause',
      'Revoke',
      'Rotate',
      'By hand only',
      'Lists what exists',
      'Collects logs',
      'In drills',
    ],
    members.map(({ connector }) => {
      const actions = Object.values(connector.actions);
      const yes = (has: boolean): string => (has ? 'yes' : 'no');
      const counts =
        connector.bind === undefined
          ? KINDS.map((kind) => countOf(actions, kind))
          : ['recipe', 'recipe', 'no', 'recipe'];
      const cells = [
        connector.title,
        ...counts,
        yes('list' in connector),
        String(connector.logs?.length ?? 'no'),
        connector.simulator === null ? 'by hand' : 'simulated',
      ];
      return `| ${cells.map(cell).join(' | ')} |`;
    }),
  );

const INTRO = `# What each connector can do

Written by \`npm run gen\` from the connectors themselves.

A **pause** can be taken back exactly; a **revoke** cannot; a **rotate** makes the credential that takes the place of the old one
(\`firebreak rotate\`, \`make\` in the inventory). Each is followed by its proof: the real system is asked again, or the
leaked credential is tried and must be refused. Each has a page for doing it by hand, which is shown where the API cannot be
reached or the credential is missing; **by hand only** is what the vendor offers to people alone, and even that is asked about
afterwards where an answer can be had. *Confirmed* calls were read in a description of the vendor; those *from memory* were not:
try them on a test account before the night you need them.`;

export const connectorTable = async (members: readonly Member[]): Promise<string> => {
  const sections = await Promise.all(members.map(sectionOf));
  return `${[INTRO, overview(members), ...sections].join('\n\n')}\n`;
};
