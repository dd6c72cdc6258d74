import { changedProgram, type Changes } from '../rig/changed-program.ts';

/** The real program with each protection taken out: what a search must find things in. */
const HOLES: Changes = {
  'src/base/mask.ts': [
    ['const counts = new Map<MaskKind, number>();', 'if (text !== "") return { text, masked: [] };\n$&'],
  ],
  'src/io/redact.ts': [
    [
      'return (text) => {\n    const plain = without',
      'if (secrets !== undefined) return (text) => text;\n  $&',
    ],
    ['return (text) => {\n    const plain = whole', 'if (whole !== undefined) return (text) => text;\n  $&'],
  ],
  'src/io/secrets.ts': [['!taken.has(name) && !(OURS.test(name) && !HARMLESS.has(name))', 'true']],
  'src/io/process.ts': [
    ['[...request.args]', '[...request.args, ...(request.file === "keytool" ? [request.stdin ?? ""] : [])]'],
  ],
  'src/app/store.ts': [['fingerprint(key, secret)', 'secret']],
  'src/engine/anchor/syslog.ts': [['note, size }),', 'note, size, leak: world.secrets.known() }),']],
  'src/engine/anchor/folder.ts': [
    ['join(folder, file), note.note', 'join(folder, file), note.note + world.secrets.known().join()'],
  ],
  'src/engine/anchor/places.ts': [
    ['fenced(note), outside', 'fenced(note + world.secrets.known().join()), outside'],
  ],
  'src/engine/anchor/put.ts': [['...asked, at }', "...asked, at, headers: { 'x-leak': secret.use() } }"]],
  'src/io/dying.ts': [['process.report.excludeEnv = true;', '']],
};

/** A package with the program of today's sources in it, whole or with the holes. */
export const builtProgram = async (how: 'whole' | 'leaky'): Promise<string> =>
  await changedProgram(how === 'leaky' ? HOLES : {});
