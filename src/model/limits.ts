/** Every bound in one place, each with its reason. Sizes in bytes, times in milliseconds. */
export const limits = {
  /** A definition larger than this is a mistake or an attack; the largest built-in runbook is an eighth of it. */
  yamlBytesMax: 256 * 1024,
  /** Characters of definitions of one kind whose meaning is kept: all built-in ones of a kind, a team's beside them, and room. */
  definitionsRememberedMax: 2 * 1024 * 1024,
  /** The deepest built-in definition nests eight; at four times that somebody is attacking the parser. */
  yamlDepthMax: 32,
  /** Lines, keys and list items of one definition; the largest built-in one has a tenth. What has more is not read at all. */
  yamlSignsMax: 30_000,
  /** Nobody mends more at a time, and a file that is wrong everywhere must not take a minute to say so. */
  issuesMax: 200,
  /** A pack is a few runbooks and letters; the built-in ones together are a tenth of it. */
  packFilesMax: 500,
  packBytesMax: 5 * 1024 * 1024,
  /** Connecting and the whole exchange; shown on the screen while waiting. */
  connectMs: 15_000,
  exchangeMs: 60_000,
  /** For a connection alone to come about: whoever is not there does not keep anybody waiting for the whole exchange. */
  standMs: 10_000,
  /** A mail server may think so long about a letter (RFC 5321 grants ten minutes): whoever gives up earlier does not know what became of it. */
  mailAnswerMs: 5 * 60_000,
  /** Letters of one entry that announces them: a crash leaves in doubt those that were under way, never more than there are connections. */
  mailPartMax: 500,
  /** Tries for a letter that did not leave, and for a connection that did not come about; the waits between double. */
  mailTriesMax: 5,
  mailWaitMs: 1000,
  mailWaitMaxMs: 60_000,
  /** So many readers in a row who are refused for good, and nobody taken: it is about us, and not about them. */
  mailRefusedMax: 20,
  /** A mailing to colleagues, who look at it before everybody gets it. */
  mailSeedMax: 25,
  /** Of a list that is looked at before letters are made of it: a wrong column is seen in much less. */
  mergePreviewBytesMax: 32 * 1024 * 1024,
  /** Reports of a million letters of which one in fifty came back, with the head of each. */
  mailboxBytesMax: 256 * 1024 * 1024,
  /** Two people agree to a mailing, and it may go on for so long: a million letters take a night. */
  mailApprovalMs: 24 * 60 * 60_000,
  /** A runaway answer ends here; no containment call needs more. */
  answerBytesMax: 8 * 1024 * 1024,
  /**
   * Retries of 429 and 5xx inside one attempt; the first after this wait, each later one after twice as long. Many short ones:
   * at five hundred tokens and one refusal in five, the longest wait decides when the last of them is dead.
   */
  retriesMax: 7,
  retryFirstWaitMs: 40,
  /** A vendor that asks for more is told of to the person, who can do it by hand meanwhile. */
  retryWaitMaxMs: 20_000,
  /** A request whose answer was lost may still be under way at the vendor for this long. */
  inFlightMs: 10_000,
  /** A vendor that takes a repeat for the first request by its key forgets the key some day: a day is usual. */
  keyHonouredMs: 12 * 60 * 60_000,
  /** A call with all its repeats: nobody waits longer for a system that answers "later" each time. */
  callMs: 120_000,
  /** More targets than this are one batch: a person can still read a line for each of these. */
  batchFrom: 20,
  /** Items of one batch: its first entry names them all. Their names may take this much of a leaf of 65,535 bytes. */
  batchItemsMax: 1000,
  batchNamesBytesMax: 40_000,
  /** Requests under way at one system, where neither its connector nor the workspace says how many it takes. */
  paceAtOnce: 4,
  /** Items begun and not ended, as a multiple of that: those that wait to be sent again hold no place. */
  paceOpenFactor: 4,
  /** How often a batch says how far it is, at most. */
  progressMs: 250,
  /** Previews asked for at the same time: they only read, but vendors count them too. */
  previewsAtOnce: 8,
  /** Evidence before destruction is tried for this long, then the thief is cut off anyway. */
  preserveMs: 60_000,
  /** A preview older than this is made again before anything runs. */
  previewMaxAgeMs: 5 * 60_000,
  /** Long enough to ring somebody awake, short enough that nobody acts on last night's yes. */
  approvalMs: 2 * 60 * 60_000,
  /** An override is looked at by somebody else while people still remember why. */
  overrideReviewMs: 24 * 60 * 60_000,
  /** A role that nobody holds is mentioned this often, each time for so long that a glance catches it. */
  roleNagMs: 15 * 60_000,
  roleNagShownMs: 2 * 60_000,
  /** Longer than a day is no task of a night; it belongs to the steps. */
  taskMinutesMax: 24 * 60,
  /** Somebody who was asked and says nothing for so long has perhaps not heard. */
  taskSilentMs: 5 * 60_000,
  /** An RSA key of 4096 bits takes 1,400 characters; four such keys fit well into one leaf. */
  sshKeyCharsMax: 3000,
  sshKeysMax: 4,
  /** One piece, held in memory while it is hashed and sealed. */
  evidenceBytesMax: 64 * 1024 * 1024,
  /** A log is kept in pieces of this size, so that none is held whole; a slow one in what it gave in this time. */
  collectPieceBytes: 4 * 1024 * 1024,
  collectPieceMs: 60_000,
  /** One log of one window; more than this is asked for in shorter ones. */
  collectBytesMax: 1024 * 1024 * 1024,
  /** Waits that a vendor asks for between pages, and how many in a row are granted. */
  collectWaitMs: 90_000,
  collectWaitsMax: 5,
  /** A private field's clear text, well under what SQLite and the screen can take. */
  textCharsMax: 20_000,
  /** Part of a definition kept in the public leaf, under the 65,535 bytes of a leaf. */
  planPartChars: 24_000,
  /** Poll of an accepted job before it is called unverified. */
  pollMs: 500,
  pollDeadlineMs: 30_000,
  /** A service that comes up with a new credential is asked less and less often while it takes its minutes. */
  rotatePollMaxMs: 5000,
  /** Half a year: people change their posts, and a drill twice a year rings them anyway. */
  contactStaleDays: 180,
  /** What a program may print and how long it may take: a secret is a line, evidence a page or two. */
  commandOutputBytesMax: 1024 * 1024,
  commandMs: 60_000,
  /** A program that tells somebody that a clock runs out has nothing to wait for. */
  alertCommandMs: 10_000,
  /** How soon a line for managers is noticed to be due, or is looked at again where another process tells it. */
  bulletinLookMs: 10_000,
  /** A private key in PEM form is a tenth of it. */
  secretBytesMax: 64 * 1024,
  /** A responder reads a page or rings somebody in that time; whoever passes by after it sees no names. Minutes. */
  lockMinutes: 10,
  /** The journal can be copied and guessed at without end, so a short passphrase is none. */
  passphraseCharsMin: 12,
  /** Whoever pipes in more has piped in the wrong file. */
  passphraseBytesMax: 4096,
  /** The card of a drill is a line of JSON. */
  drillCardBytesMax: 4096,
  /** A scenario in the names of a team, with what its systems hold. */
  drillSettingBytesMax: 8 * 1024 * 1024,
  /** A request of a facilitator is a message of their own at most; the answer shows a whole scenario of two hundred messages. */
  socketRequestBytesMax: 16 * 1024,
  socketAnswerBytesMax: 4 * 1024 * 1024,
  /** One facilitator, one who is refused, and a few who only look. */
  socketCallersMax: 8,
  socketAnswerMs: 15_000,
  /** Consents to unannounced drills, a few lines each. */
  consentsBytesMax: 512 * 1024,
  /** What the players did is told in a line or two; all of it stands in the journal. */
  drillLatelyCharsMax: 600,
  /** What comes with a message of a drill is text that a person reads. */
  drillArtifactBytesMax: 64 * 1024,
  /**
   * A checkpoint leaves the machine at once after what cannot be undone, and this long after anything else: a minute, with room
   * for a few tries.
   */
  anchorRoutineMs: 30_000,
  /** Deadlines of one try, longer with each failure: four of them and their waits fit into ten seconds. */
  anchorTriesMs: [1500, 1500, 1500, 2000, 5000, 10_000, 20_000],
  /** A place that usually takes longer is given this many times as long. */
  anchorUsualTimes: 3,
  /** The wait after a failed try, doubled each time. */
  anchorWaitMs: 150,
  anchorWaitMaxMs: 60_000,
  /** What stands elsewhere is read again this often. */
  anchorRecheckMs: 5 * 60_000,
  /** Fewer failures in a row than this are the weather; a place that stays down is told again this often. */
  anchorFailuresTold: 4,
  anchorNagMs: 10 * 60_000,
  /** How long a command that ends waits for its last checkpoint to arrive; twice as patient after what cannot be undone. */
  anchorLeaveMs: 4000,
  anchorLeaveUrgentMs: 8000,
  anchorAskedMs: 10_000,
  anchorFlushStepMs: 50,
  /** Of what stands where a checkpoint stood, kept as it was found. */
  anchorFoundCharsMax: 1000,
  /** A note has some 400 bytes, and takes up to a hundred signatures. */
  noteBytesMax: 64 * 1024,
  marksBytesMax: 1024 * 1024,
  /** The mark of the newest checkpoint is written at most this often while an incident is open. */
  markEveryMs: 5000,
  /** A keychain that asks a person something is not waited for: nothing may hang on it. */
  keychainMs: 1500,
  /** A certificate, or a few hundred of them. */
  pemBytesMax: 1024 * 1024,
  /** A cosignature comes back within hours; at one checkpoint an entry that is this many. */
  cosignedSizesTried: 2000,
  /** Events that go to a receiver at once; a receiver that fails gets half as many, down to one. */
  shipLotMax: 200,
  shipLotBytesMax: 512 * 1024,
  /** What a syslog server must be able to take of one message (RFC 5425 4.3.1), less room for its head. */
  syslogBytesMax: 7900,
  /** One try, and the wait after one that failed, doubled each time. */
  shipTryMs: 20_000,
  shipWaitMs: 1000,
  shipWaitMaxMs: 5 * 60_000,
  /** What is written close together goes together. */
  shipGatherMs: 500,
  /** How long a command that ends lets receivers take the last events; one that did not take them in time is not waited for again. */
  shipLeaveMs: 1500,
  /** After what cannot be undone its outcome and its proof follow: one copy holds all of them. */
  backupGatherMs: 5000,
  backupLookMs: 15_000,
  /** A copy that failed is made anew after this long. */
  backupAgainMs: 60_000,
  /** Signed requests are refused from five minutes on; what is half of it will get there. */
  clockSkewMs: 150_000,
  /** An incident with its evidence, a copy of it and room to work. */
  freeBytesMin: 512 * 1024 * 1024,
  /** Ten years of quarters with a thousand findings each, or two audits of a team that knows of nothing; the oldest go first. */
  auditPastBytesMax: 24 * 1024 * 1024,
  /** The same, and the answers beside them. */
  auditBytesMax: 32 * 1024 * 1024,
  auditsKept: 40,
  auditAnswersKept: 2000,
  /** How often `journal ship --follow` looks. */
  shipFollowMs: 2000,
} as const;
