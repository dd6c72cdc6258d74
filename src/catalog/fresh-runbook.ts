/** What `runbook new` writes: a runbook to begin from, which lints clean as it stands. */

/** Editors find the keys and their meaning without a network: the file lies beside the folder. */
const MODELINE = '# yaml-language-server: $schema=../runbook.schema.json';

/** The text of another runbook, comments and all, with a word about where it comes from. */
export const takenOver = (text: string, from: string, version: string): string =>
  [
    MODELINE,
    `# Taken over from ${from} ${version}. From now on it is yours: change what is different with you, then set version and reviewed.`,
    ...text.split('\n').filter((line) => !line.startsWith('# yaml-language-server:')),
  ].join('\n');

const FRESH = `${MODELINE}
# A runbook of your own. Read it through, make it yours, then: firebreak runbook lint runbooks/ID-OF-IT
# Words in capitals are for you to replace. firebreak runbook show ID-OF-IT shows it bound to your inventory.
title: WHAT HAPPENED, in a few words
version: 0.1.0
summary: >-
  WHAT WAS SEEN and what it means. What this runbook stops, proves and finds out, in two or three sentences.
# The worst that is plausible: low, medium, high or critical. It can be lowered later, with a reason.
severity: high
# What a tired person would type to find this.
words: [WORDS-OF-IT]
# Duties whose clocks could run; firebreak clocks --all lists them. Your own contracts stand in obligations.yaml.
duties: [gdpr.33-1, gdpr.33-5, gdpr.34]
# The day on which somebody last read it through; lint says so after a year.
reviewed: 'DAY-OF-IT'
# What must not be done, shown at the top.
never:
  - Never WARN PEOPLE over the channel that is affected
# Phases come in this order: declare, contain, secure, scope, notify, recover, review. Leave out those you do not need.
phases:
  - id: declare
    title: Declare
    goal: It is written down what was seen and since when
    steps:
      # Every step: one imperative of at most 60 characters, why, who, how many minutes, how one knows that it worked, and the way
      # by hand. Its kind is the one key of ask, act, do, decide, write and wait that it has.
      - id: record-report
        title: Write down what was reported
        why: The first words are evidence, and are never as exact again.
        role: responder
        minutes: 2
        # ask: the answer is a fact, and clocks and conditions hang on facts. Answers: text, long-text, number, range, yes-no, choice,
        # time, items, secret.
        ask:
          question: What was reported, by whom, and how did it reach you?
          fact: report
          answer: long-text
        verify: A colleague who reads it can say what was seen and who saw it.
        fallback: Note it on paper with the time; type it in when you can.
        # Which items of law the step serves; firebreak runbook coverage counts them.
        serves: [gdpr:33.5]
        star: true

      - id: establish-personal-data
        title: Establish whether personal data are affected
        why: Without personal data there is nobody to notify under the GDPR.
        role: legal
        minutes: 10
        ask:
          question: Are personal data affected, or can you not rule it out?
          fact: personal-data
          answer: yes-no
          unknown: true
        verify: The answer names what it rests on.
        fallback: Take it for yes until somebody knows better.
        serves: [gdpr:33.1]

  - id: contain
    title: Contain
    goal: It has stopped, and it is proved
    steps:
      # Evidence first, where the next step would destroy it: that step names this one in preserve.
      - id: copy-record
        title: Copy what the system shows now
        why: Owner, scopes and last use are gone once it is stopped.
        role: responder
        minutes: 2
        # do: a person does it. With evidence: true the result is a file, an address or the output of a command. Whom to ring stands
        # in call: an id of contacts.yaml, or what a row there is for.
        do:
          instruction: WHERE TO LOOK and what to take a picture of. Do not spend more than two minutes here.
          record: where the copies are kept, or that there was no time
          evidence: true
        verify: The picture shows the name of the integration and the time.
        fallback: Skip it and say why. The thief is cut off anyway.
        serves: [gdpr:33.5]

      - id: pause-suspect
        title: Pause the suspect
        why: Every minute it runs, more can be read.
        role: responder
        minutes: 2
        preserve: [copy-record]
        # act: the program does it and proves it. item.pause and item.revoke take whatever the row of the inventory names for itself;
        # else write connector.action. targets: rows by items, fact, kind, channel, connector or tag.
        act:
          action: item.pause
          targets: { kind: integration, tag: suspect }
        verify: The system shows it as off, and the check is refused.
        fallback: WHERE IN WHICH CONSOLE it is switched off. Note the time, and the state before and after.
        serves: [gdpr:32, gdpr:33.3]
        star: true

      - id: block-sender
        title: Block the foreign address at the edge
        why: What is cached or open somewhere goes on sending until it is told not to.
        role: responder
        minutes: 5
        do:
          instruction: WHICH RULE to set, and where.
          record: the rule before and after, the time
          # A change by hand that can be put back says how; what destroys evidence names in preserve what is kept first.
          effect: reversible
          undo: Take the rule away again as it was written down, once the commander says so.
        verify: A request from the address is refused.
        fallback: Ring whoever runs the edge.
        serves: [gdpr:32]

  - id: notify
    title: Notify
    goal: Whoever has to know has been told, or it is written down why not
    steps:
      - id: decide-authority
        title: Decide whether the authority is told
        why: The reasons have to convince the authority later, whichever way it is decided.
        role: legal
        minutes: 15
        # A condition over facts and steps; a step whose condition is false is left out, and said so. A hyphen in the name of a fact is
        # written as an underscore here.
        when: facts.personal_data != false
        decide:
          question: Is a risk to people unlikely, or can it not be excluded?
          fact: authority-told
          decider: legal
          options:
            - { id: tell, title: A risk cannot be excluded, consequence: The authority is notified within 72 hours }
            - { id: keep, title: A risk is unlikely, consequence: Not notified; the reasons go into the register }
          # Asked again once one of these changes.
          relies: [personal-data]
        verify: The reason names facts and where they are from.
        fallback: Tell the authority; more can follow later.
        serves: [gdpr:33.1]

      - id: write-notice
        title: Write the notification to the authority
        why: Each element of Art. 33(3) has its place in it, and what is not known yet says so.
        role: legal
        minutes: 20
        when: facts.authority_told == "tell"
        after: [decide-authority]
        write: { letter: gdpr-art33, duty: gdpr.33-1 }
        verify: firebreak letters check finds nothing missing.
        fallback: Use the form on the authority's site, and keep what it shows at the end.
        serves: [gdpr:33.3]

  - id: review
    title: Review
    goal: It is known what is done better next time
    steps:
      - id: hold-review
        title: Hold the review within two weeks
        why: What was learned is forgotten in a month.
        role: commander
        minutes: 60
        do:
          instruction: Read the timeline together. Write down what is to change, who does it, and until when. Set the date of the next drill.
          record: who was there, what changes, the date of the next drill
        verify: Each change has a name and a date.
        fallback: Send the timeline round and collect answers in writing.
        serves: [gdpr:33.5]
`;

/** A small one with a step of each kind. `today` as `YYYY-MM-DD`. */
export const freshRunbook = (id: string, today: string): string =>
  FRESH.replaceAll('ID-OF-IT', id)
    .replace('WORDS-OF-IT', id.replaceAll('-', ', '))
    .replace('DAY-OF-IT', today);
