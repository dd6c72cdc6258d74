import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firebreak, Peer } from './peer.ts';

/**
 * Whether programs that are not ours read the letters: qpdf finds the PDF sound, poppler finds it tagged, with its fonts inside and
 * its words in order, python reads the mail and the document. The controls: each finds the fault in a file that has one.
 */
export function papersPeer(firebreak: Firebreak, work: string): Peer {
  const home = join(work, 'papers');
  mkdirSync(home, { mode: 0o700 });
  const run = firebreak(home);
  run('declare', 'leaked-whatsapp-token', '--title', 'A token leaked');
  run('fact', 'nature', NATURE);
  const file = (format: string): string => join(home, `letter.${format}`);
  for (const format of ['pdf', 'docx', 'eml'])
    run('letters', 'render', 'gdpr-art33', '--format', format, '--out', file(format));
  const exported = (format: string): string => {
    const path = join(home, `${format}.pdf`);
    run('export', '--format', format, '--tlp', 'green', '--out', path);
    return path;
  };
  const [brief, timeline] = ['brief', 'timeline'].map(exported) as [string, string];
  const broken = (format: string): string => {
    const path = join(home, `broken.${format}`);
    const bytes = readFileSync(file(format));
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    return path;
  };
  const text = unbroken(said('pdftotext', file('pdf'), '-'));
  return {
    name: 'papers',
    checks: {
      'qpdf finds the PDF sound': spawnSync('qpdf', ['--check', file('pdf')]).status === 0,
      'poppler finds it tagged, with a title': /^Title: +\S.*^Tagged: +yes$/ms.test(
        said('pdfinfo', file('pdf')),
      ),
      'poppler finds a heading in its structure': said('pdfinfo', '-struct', file('pdf')).includes('H1'),
      'every font is inside': fonts(file('pdf')).every((row) => /\byes +yes +yes\b/.test(row)),
      'its words can be copied, foreign ones and long ones too': SEEN.every((words) =>
        text.includes(unbroken(words)),
      ),
      'the stamp is on it': text.includes('DRAFT'),
      'qpdf finds the exports sound': [brief, timeline].every(
        (path) => spawnSync('qpdf', ['--check', path]).status === 0,
      ),
      'poppler finds the exports tagged, and the brief on one page':
        /^Pages: +1$/m.test(said('pdfinfo', brief)) &&
        [brief, timeline].every((path) => /^Tagged: +yes$/m.test(said('pdfinfo', path))),
      'their fonts are inside, and their label is on each page': [brief, timeline].every(
        (path) =>
          fonts(path).every((row) => /\byes +yes +yes\b/.test(row)) &&
          said('pdftotext', path)
            .split('\f')
            .slice(0, -1)
            .every((page) => page.includes('TLP:GREEN')),
      ),
      'python reads the mail as text and page': python(MAIL, file('eml')),
      'python reads the document as well-formed': python(DOCUMENT, file('docx')),
    },
    controls: {
      'qpdf refuses half a PDF': spawnSync('qpdf', ['--check', broken('pdf')]).status !== 0,
      'python refuses half a document': !python(DOCUMENT, broken('docx')),
      'python refuses half a mail': !python(MAIL, broken('eml')),
    },
  };
}

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const NATURE = `Žluťoučký kůň, Αθήνα, Київ ✓ 漢 ${HASH} #panic("boo") *x*`;
const SEEN = ['Žluťoučký kůň, Αθήνα, Київ ✓', String.raw`\u{6f22}`, HASH, '#panic("boo") *x*'];

/** A long word is broken at the end of a line, and nothing may stand there that a copy would hold. */
const unbroken = (text: string): string => text.replaceAll(/\s+/g, '');

const said = (command: string, ...args: readonly string[]): string => {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return stdout;
};

const fonts = (path: string): readonly string[] => said('pdffonts', path).trim().split('\n').slice(2);

const MAIL = `
from email import policy, message_from_bytes
m = message_from_bytes(open(sys.argv[1], 'rb').read(), policy=policy.strict)
assert not m.defects and m['To'] is None and m['X-Firebreak-Status'] == 'DRAFT' and m['Subject'].startswith('DRAFT: ')
parts = [p for p in m.walk() if not p.is_multipart()]
assert [p.get_content_type() for p in parts] == ['text/plain', 'text/html']
assert all('${HASH}' in p.get_content() for p in parts) and parts[1].get_content().strip().endswith('</html>')
`;
const DOCUMENT = `
import zipfile, xml.dom.minidom
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
assert all(xml.dom.minidom.parseString(z.read(n)) for n in z.namelist())
assert '${HASH}' in z.read('word/document.xml').decode() and b'string="DRAFT"' in z.read('word/header1.xml')
`;
const python = (code: string, path: string): boolean =>
  spawnSync('python3', ['-c', `import sys\n${code}`, path], { stdio: 'ignore' }).status === 0;
