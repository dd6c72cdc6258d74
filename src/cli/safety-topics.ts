/** What is read when something has already gone wrong, and how what was seen is kept. */

export const recoveryTopic = `RECOVERY

  The journal is the state: what was written before a crash is there after it, and nothing is repeated by itself.

  the program or machine died   firebreak status: what was in flight is UNSURE. Then ask the real system, before anything else:
                                  firebreak status --recheck
                                or say what a person saw:
                                  firebreak settle ATTEMPT --result done|failed --why TEXT
  go on where it stopped        firebreak resume; every clock counts on, whether anything runs or not
  another process holds it      firebreak resume --take-over; it may read and note without
  "another process" is gone     nothing to do: a lease without a living process is taken by itself

  the key is not at hand        An incident still opens in its public part and clocks count; what is private says [sealed].
                                  firebreak keys show      by which ways the key can be had, the recovery code among them
                                A new incident is never refused: it is sealed with a stand-in key until "firebreak keys use".
  the laptop is lost            firebreak journal restore COPY on another one, where journal backup or backup: in firebreak.yaml
                                made a copy elsewhere. With the recovery code, or key.json and a way to it, everything opens.
  somebody else goes on         at their own machine, with all of it: firebreak help laptops
  the journal looks wrong       firebreak verify says which entry, and against what. Do not repair it by hand: a copy that
                                verifies, and the damaged one beside it, are both evidence.
  the disk is full              Exit code 13. What was written stays whole; a reserve in the data folder lets the incident
                                at hand be closed in order. Make room, and run the same command again.
  a definition is broken        It is left out alone; firebreak runbook lint says where. An open incident goes on with what was
                                frozen into it.
  no network, no vendor         Every step has a way by hand, and firebreak runbook print makes paper of it beforehand.

  Practise it: firebreak keys drill opens every incident by the second way; firebreak drill run plays a night.
`;

export const evidenceTopic = `EVIDENCE

  Evidence is bytes with their SHA-256, who took them, from where, by which method and when. It is sealed in the journal
  and never changes; a correction is another piece. The hash is public and signed, so it can be shown to be the same later.

    firebreak evidence add FILE --note TEXT              a file; the original stays where it is
    firebreak evidence add URL --note TEXT               what an address answers now
    firebreak evidence add --note TEXT -- COMMAND ...    what a program prints; no shell reads it
    firebreak evidence collect [SYSTEM]                  what the systems logged, in a window; what is missing is a named gap
    firebreak evidence list                              what was kept
    firebreak export INCIDENT --format bundle            for a court or an examiner: verifies without firebreak

  Before something is revoked or deleted, steps that preserve come first: copy the record, the sign-ins, the settings.
  That must not leave a thief inside: with active misuse one key goes on without, and the journal says that it did.

  On a suspect card system: do not log in, do not power off, do not change it. Take it off the network and ring the
  forensic investigator (PFI); what you type there destroys what they need.

  A leaked credential is no evidence to be kept: it is sealed for the proof that it is dead, and destroyed at the close.
  Card numbers and secrets in typed text are masked before they are written down.

  Each entry is signed with the key of this machine and with one that is destroyed after 256 entries or 15 minutes. Whoever takes
  the keys at night cannot sign what was written before; they could make everything anew from its first entry, so leave one
  checkpoint elsewhere (anchors in firebreak.yaml).

  Options of the command: firebreak evidence --help
`;
