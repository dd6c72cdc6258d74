import { drillTopic } from './drill-topic.ts';
import { keyTopic } from './key-topic.ts';
import { laptopTopic } from './laptop-topic.ts';
import { evidenceTopic, recoveryTopic } from './safety-topics.ts';
import { testTopic } from './test-topic.ts';

/** `firebreak help <topic>`: what a person may need to read without a network. */
export const topics = {
  approvals: `APPROVALS AND ROLES

  A step can need the approval of other people. An approval is a signature by their SSH key over the hash of the one
  entry that says what is to be done: step, targets, plan. It fits nothing else, and the request expires after 2 hours.
  Whoever asks cannot approve it. Keys are those that firebreak.yaml named when the incident was declared.

    firebreak approve                        what waits, who could approve, until when
    firebreak approve --ask STEP             ask; prints what to sign and how, to be sent to a colleague
    firebreak approve 41 --by ben --key ~/.ssh/id_ed25519     ben, at this keyboard; ssh-keygen asks for the passphrase
    firebreak approve 41 --by ben --passphrase                the same with a key that only a passphrase opens
    firebreak approve 41 --by ben --signature FILE            signed elsewhere

  Alone, go on with a typed reason: it is an OVERRIDE, stands first in the brief, and somebody else reviews it within
  24 hours (firebreak approve ENTRY --why TEXT). No reason stands in for the approval of a letter, a release or
  shredding: what has left the company cannot be called back. A note can always be written.

  Roles guide: commander, responder, scribe, comms, legal, pci, manager (reads, notes, approves). A role that nobody has
  taken stops nobody, and anybody can take one: firebreak role ROLE. What is refused is in the journal.

  WHAT THIS CAN ENFORCE, AND WHAT NOT

  role check in the tool       NO. Whoever uses this account can edit the program and its files. It guides honest people.
  approval by a second person  YES, AS EVIDENCE. What was not approved cannot look approved later: firebreak verify checks
                               every signature, and so can anybody with ssh-keygen -Y verify.
  that it was not done anyway  NO. A skipped approval shows; it is not prevented. What a vendor lets your token do, only
                               the vendor can prevent.
  hardware key (sk-...)        YES. The signature says that somebody touched that key for exactly this.
  passphrase key               As good as its passphrase. Its public half is in firebreak.yaml, so guesses can be made
                               there, each at the price of argon2id.
  time of an approval          NO. It is the clock of this machine; the order of entries is certain, their times are not.
  who --as or --by says it is  NO, without a signature. A handle can be typed by anybody.
`,
  drills: drillTopic,
  'exit-codes': `EXIT CODES (never renumbered)

  0    ok
  1    unexpected: a fault of firebreak itself
  2    usage: the command line is wrong, or several incidents are open and none was named
  3    validation or lint failed; findings of doctor, audit or inventory sync
  4    a credential is missing, or it is not allowed; the step is left to be done by hand
  5    a remote action failed, nothing was changed
  6    partial, unproved or unknown outcome: ask the real system before anything else
  7    a person's word is needed and there is no terminal to ask at
  8    a clock or an audit is overdue (--check)
  9    the journal is not whole
  10   not found
  11   the plan changed since it was shown; nothing was sent
  12   the drill was not passed
  13   storage refused: full, locked, read-only, network file system
  129, 130, 143   ended by a signal (hang-up, Ctrl-C, TERM)
`,
  evidence: evidenceTopic,
  exports: `EXPORTS

  The journal is complete; an export is a view of it. Nothing that is exported changes or removes an entry.

  to read        brief (one page), timeline (PDF), timeline-html (one file to search), md, handover, register
  for a form     regulator-pack
  for programs   csv, jsonl, ics, timesketch, iris, ocsf, veris
  as proof       bundle: strangers verify it without firebreak

  --out FILE     its ending says which form: brief.md or brief.pdf
  --out FOLDER/  every form of the format; without --out they go to the exports folder
  --star --from TIME --to TIME --filter WORDS
                 which rows of the timeline; the file says at its head how many it leaves out
  --zone ZONE    whose clock is shown; UTC always stands beside it
  --tlp LABEL    who may read it, on every page: red, amber+strict, amber, green, clear
  --since last   what changed since the last export of this format for this audience: entries, clocks, counts, decisions
  --audience WHO manager, board, regulator, acquirer, insurer, counsel, public: what they do not get is taken out

  Of an audience's copy every row keeps its number; in the place of what was taken out stands why: privileged, personal,
  third-party or security. People stand under one role throughout. FILE.withheld.jsonl beside it commits to each thing
  that was taken out, and the copy names that list by its hash.
    firebreak redaction check FILE          is it the copy that was exported; does its list hold what the journal holds?
    firebreak redaction open LIST --out F   salts and texts, to show somebody that nothing was made up
  What was noted with --privileged stays out of every copy, with [withheld: privileged] in its place, but for one that
  is made with --audience counsel or --privileged: it asks who gets it and for the word, and the journal keeps both.
  Marking something privileged does not make it so: courts look at what it is and who was given it. Ask counsel.
  Names are known from the incident and its contacts. Whoever is merely mentioned keeps the name: read before you send.

  A time that nobody knows stays empty. What was written down 15 minutes late or more is shaded in the PDF and the
  page. Files are for their owner alone, whole or not there, and their hash is in the journal. The same journal at
  the same moment gives the same bytes. PDF needs the typesetter; without it the other forms are written.
`,
  keys: keyTopic,
  laptops: laptopTopic,
  legal: `LEGAL

  firebreak is not legal advice. Every clock names its rule, source and version; ask counsel early.

  A clock starts with a recorded fact ("aware since ..."). Until its start is recorded or ruled out by a
  named person, a duty that could apply runs PROVISIONAL from the earliest known time, the careful reading.
  A duty is met at the instant of submission once proof of it is recorded; until then it is SENT, NOT PROVED.
  What is not known yet may follow in phases where the rule allows it (GDPR Art. 33(4)); the letter says so.
  In card cases the merchant tells its acquirer at once; the brands' clocks are shown with who owes them.

  firebreak fact <fact> VALUE [--at TIME]       records a fact, and with it starts a clock
  firebreak fact <fact> --rule-out --why TEXT   rules it out: ends the clocks it would start
  firebreak clocks                              every duty, until when, whom to ring
`,
  mappings: `MAPPINGS: WHO IS AFFECTED

  firebreak scope preview FILE --map NAME       the first rows as they would be read; nothing is kept
  firebreak scope import FILE --map NAME        once for each export: CSV, or JSON Lines
  firebreak scope count                         joins the people, counts them, makes the list of recipients
  firebreak scope facts                         the counts as facts, in your name
  firebreak scope export --out people.csv       that list in clear, for firebreak letters merge --recipients

  A mapping is a file where none is known by name:

    title: Our shop, customers
    format: csv                   # or jsonl; then columns are paths: customer.email, and each: a.*.b names the rows
    columns:
      email: E-mail
      phone: Phone
      name: Name
      at: Last order
      ids: { shop: Customer number }
    time: utc                     # rfc3339, unix, unix-ms, utc, mail
    phone_country: DE             # of numbers without a country
    channel: web-chat             # of inventory.yaml
    data: [contact, order]

  People are joined by the same e-mail address, telephone number or id, never by a name. AT LEAST counts those who are
  known by the same kind of key, so that nobody is in it twice; LIKELY everybody in the window or without a time; AT
  MOST also rows without anybody, further names under one address, and channels that nothing came from. What is
  missing is named as a GAP. Card numbers and secrets are left out on the way in.
`,
  recovery: recoveryTopic,
  secrets: `SECRETS

  firebreak.yaml names where a secret comes from, never the secret itself:

    env: NAME                    an environment variable
    file: PATH                   a file that only you can read (chmod 600)
    keychain: NAME               the keychain of the operating system
    command: [op, read, ...]     the output of a program; no shell reads it

  The key that live incidents are sealed with is another matter: firebreak keys show.

  Secrets are resolved at the moment of use and are never in the journal, on a screen, in a log or in an argument.

  A leaked credential is given in a hidden field or on standard input:

    pbpaste | firebreak done give-token --secrets-stdin

  It is kept sealed only because the proof that it is dead needs it again, is named in public by a keyed
  fingerprint, and is destroyed when the incident is closed.
`,
  tests: testTopic,
} as const;

export const topicIds = Object.keys(topics) as readonly (keyof typeof topics)[];
