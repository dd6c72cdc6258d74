import { isAbsolute, join } from 'node:path';
import type { OpenPacket, PacketAbout, PacketMade, PacketTaken } from '../../app/contract.ts';
import { spoken } from '../../app/packet-words.ts';
import { Problem } from '../../base/problem.ts';
import { askLine, reasonFor } from '../ask.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import { Interrupted } from '../interrupted.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';

/** An incident goes from one machine to another: the line of the receiver, the packet, and going on from it. */

const placed = ({ world }: Context, path: string): string =>
  isAbsolute(path) ? path : join(world.environment.cwd, path);

export const showReceiver: Run = async (context) => {
  refuseReadOnly(context.globals);
  const { line, check } = (await (await context.app()).packets()).receiver();
  if (context.print.json) context.print.object('receiver', { line, check });
  else {
    context.print.line(line);
    context.print.say(
      `Send the line any way you like: it is no secret. Then read these letters to each other, by voice: ${check}`,
    );
    context.print.say('  Next, for whoever hands over: firebreak handover <incident> --out FILE --to LINE');
  }
  return 0;
};

export const handOver = async (context: Context, input: Input): Promise<number> => {
  const [out, to] = [input.text('out'), input.text('to')];
  if (out === null) throw usage('--out says where the packet goes: a file, or a folder');
  if (to === null)
    throw usage('say to which machine: --to LINE, the line that firebreak keys receive prints there');
  const incident = await context.writable(input.args[0] ?? null);
  const path = placed(context, out);
  await consent(context, input, {
    phrase: incident.view().state.codename,
    what: 'handing the incident over',
    question: 'From then on it goes on there, and is only read here',
  });
  tellMade(context, incident.id, await incident.packet(to, path));
  return 0;
};

const tellMade = ({ print }: Context, incident: string, made: PacketMade): void => {
  if (print.json) {
    print.object('packet', { incident, ...made });
    return;
  }
  print.line(`HANDED OVER ${incident} to ${made.to}: ${made.path}`);
  print.line(`  ${made.size} entries, root ${made.root}`);
  print.line(`  signed by ${made.vkey}`);
  print.line(`  sha256 of the file ${made.sha256}`);
  for (const what of made.left) print.line(`  not inside: ${what}`);
  print.say(`Read these letters of the root to whoever goes on: ${spoken(made.root)}`);
  print.say('  Next, there: firebreak resume --from FILE. Here it is only read from now on.');
};

export const keep: Run = async (context, input) => {
  const incident = await context.writable(input.args[0] ?? null);
  const reason = await reasonFor(context, input.text('why'), 'going on here although it was handed over');
  return await record(
    context,
    incident,
    { do: 'keep-journal', reason },
    'IT GOES ON HERE, and the journal says why. If the packet is used after all, there are two stories: firebreak verify <incident> --against FILE tells',
  );
};

export const resumeFrom = async (context: Context, input: Input, path: string): Promise<number> => {
  refuseReadOnly(context.globals);
  const app = await context.app();
  const packet = await (await app.packets()).open(placed(context, path));
  try {
    if (!context.print.json) tellAbout(context, packet.about);
    await consent(context, input, {
      phrase: packet.about.codename,
      what: 'going on from a packet',
      question: 'You go on in it from here',
    });
    tellTaken(context, packet, await packet.take());
    return 0;
  } finally {
    packet.drop();
  }
};

const tellAbout = ({ print }: Context, about: PacketAbout): void => {
  print.say(
    `${about.incident} ${about.codename}${about.drill ? ' DRILL' : ''}, handed over by ${about.by} at ${about.at}`,
  );
  print.say(`  ${about.size} entries, whole and signed; root ${about.root}`);
  print.say(`  signed by ${about.vkey} (${about.tool})`);
  if (about.replaces !== null)
    print.say(
      `  ${about.replaces} of its entries are here already: what is here ends inside it and is replaced`,
    );
  for (const remark of about.remarks) print.say(`  ${remark}`);
  print.say(`Ask whoever handed it over for the first letters of the root: ${spoken(about.root)}`);
};

const tellTaken = ({ print }: Context, { about }: OpenPacket, taken: PacketTaken): void => {
  const { incident, entry, missing, trusted } = taken;
  if (print.json) {
    print.object('resumed', { ...about, ...taken });
    return;
  }
  print.line(
    `IT GOES ON HERE ${incident} from entry #${entry} on; entries #0 to #${entry - 1} are as they were`,
  );
  if (!trusted)
    print.say(
      'Its systems are not trusted here: nothing is sent until the same firebreak.yaml is: firebreak trust',
    );
  for (const name of missing) print.say(`Not here: the secret ${name}`);
  if (missing.length > 0)
    print.say('  Steps that need one can be done by hand; firebreak doctor says what is missing.');
  print.say(`  Next: firebreak resume ${incident}`);
};

type Agreed = Readonly<{ phrase: string; what: string; question: string }>;

/** The name of the incident, typed: Enter never confirms. @throws Problem `needs-confirmation`, `usage` */
const consent = async (context: Context, input: Input, { phrase, what, question }: Agreed): Promise<void> => {
  const given = input.text('confirm');
  if (given !== null && given !== phrase) throw usage(`--confirm must be exactly: ${phrase}`);
  if (given === phrase) return;
  if (!context.interactive) throw new Problem('needs-confirmation', { what, flags: `--confirm=${phrase}` });
  const typed = await askLine(context, `${question}. Type ${phrase} to go ahead:`, {
    what,
    flags: `--confirm=${phrase}`,
  });
  if (typed !== phrase) throw new Interrupted();
};
