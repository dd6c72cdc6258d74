import { basename } from 'node:path';
import { toHex, sha256Hex, utf8 } from '../base/hash.ts';
import type { Instant } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { systemHttp } from '../io/http.ts';
import type { RunResult } from '../io/process.ts';
import { limits } from '../model/limits.ts';
import type { Events, PrivateText } from '../model/event.ts';
import type { EvidenceSource } from './contract.ts';
import type { IncidentParts } from './parts.ts';

/**
 * Evidence as bytes: sealed in the journal, named by their SHA-256, with who collected them, from where, how and when.
 * A URL keeps its headers beside its body; a command keeps its argument array.
 */
type Collected = Readonly<{
  content: Uint8Array;
  source: string;
  method: Events['evidence.added']['method'];
  headers: string | null;
}>;

const fromFile = (parts: IncidentParts, path: string): Collected => ({
  content: parts.files.readBytes(path, limits.evidenceBytesMax),
  source: basename(path),
  method: 'file',
  headers: null,
});

const fromUrl = async (parts: IncidentParts, url: string): Promise<Collected> => {
  const http = systemHttp({
    clock: parts.world.clock,
    wall: parts.world.wall,
    secrets: () => parts.world.secrets.known(),
  });
  try {
    const answer = await http.fetch(url, { headers: { 'user-agent': 'firebreak (evidence)' } });
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    const content = new Uint8Array(await answer.arrayBuffer());
    return { content, source: url, method: 'url', headers: `HTTP ${answer.status}\n${headers}` };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'remote-failed',
      { what: 'the page', why: error instanceof Error ? error.message : String(error) },
      error,
    );
  }
};

const BY_FILE = 'nothing was kept: have it write into a file, and add that';

const whyShort = ({ cut, timedOut }: RunResult): string | null => {
  if (timedOut) return `it did not end within ${limits.commandMs / 1000} s`;
  return cut === true ? `it printed more than is taken (${limits.evidenceBytesMax / 2 ** 20} MiB)` : null;
};

const fromCommand = async (parts: IncidentParts, argv: readonly string[]): Promise<Collected> => {
  const [file, ...args] = argv;
  if (file === undefined) throw new Problem('usage', { why: 'name the command to run' });
  const rawMax = limits.evidenceBytesMax;
  const ran = await parts.world.processes.run({ file, args, rawMax });
  if (!ran.started) throw new Problem('remote-failed', { what: file, why: ran.stderr });
  // The beginning of a log, kept as if it were all of it, would be believed.
  const short = whyShort(ran);
  if (short !== null) throw new Problem('remote-failed', { what: file, why: `${short}; ${BY_FILE}` });
  const headers = `exit ${ran.exit ?? 'by signal'}${ran.stderr === '' ? '' : `\n${ran.stderr}`}`;
  return { content: ran.raw ?? utf8(ran.stdout), source: JSON.stringify(argv), method: 'command', headers };
};

const gather = async (parts: IncidentParts, source: EvidenceSource): Promise<Collected> => {
  switch (source.from) {
    case 'file':
      return fromFile(parts, source.path);
    case 'url':
      return await fromUrl(parts, source.url);
    case 'command':
      return await fromCommand(parts, source.argv);
    case 'text':
      // Pasted by a person, like a note; bytes of a file, a page or a program are kept as they are.
      return {
        content: utf8(maskSecrets(source.text).text),
        source: source.name,
        method: 'note',
        headers: null,
      };
  }
};

/** The id under which the evidence is known from now on. */
export const collect = async (
  parts: IncidentParts,
  source: EvidenceSource,
  about: Readonly<{ note: string; step?: string; at?: Instant }>,
): Promise<string> => {
  const { content, source: from, method, headers } = await gather(parts, source);
  if (content.byteLength > limits.evidenceBytesMax)
    throw new Problem('usage', {
      why: `evidence is limited to ${limits.evidenceBytesMax / 2 ** 20} MiB a piece`,
    });
  const evidence = `ev-${toHex(parts.world.random.bytes(4))}`;
  // The bytes are kept as they are, under the evidence key; what is said about them is masked like every other word.
  const staff = (value: string): PrivateText => ({ class: 'staff', value: maskSecrets(value).text });
  await parts.ledger.append([
    {
      kind: 'evidence.added',
      pub: {
        evidence,
        sha256: sha256Hex(content),
        size: content.byteLength,
        method,
        at: about.at ?? parts.world.clock.now(),
        step: about.step ?? null,
      },
      priv: {
        source: staff(from),
        collector: staff(parts.actor),
        note: staff(about.note),
        content: { class: 'evidence', value: content },
        ...(headers === null ? {} : { headers: { class: 'evidence', value: headers } }),
      },
    },
  ]);
  return evidence;
};
