// Written by `npm run gen`; change the files it lists instead.
export const keyTopic = `KEYS OF THE APP (? shows those of the screen you are on)

  arrows, j k    move
  g G            first, last

Keys of your own: firebreak keymap --help
The key that live incidents are sealed with: firebreak keys --help

EVERYWHERE
  ?              the keys of this screen
  : ctrl+k       search every action; what cannot be done now says why
  esc q          one level up; what was typed is kept
  ctrl+c         leave: press twice; the incident stays open
  ctrl+z         suspend to the shell; fg comes back
  ctrl+l         draw the screen again
  pgdn ctrl+d    scroll down a page
  pgup ctrl+u    scroll up a page

IN AN INCIDENT
  n              write a note
  D              record a decision with its reasons
  e              attach evidence: a file, a URL, a text
  c              every legal clock
  t              what happened, newest first
  w              what changed since I last looked
  P              whom to ring
  W              who is affected, and how many
  H              who does what, and handing over
  L              letters of this incident
  I              every channel, integration and credential: pause or revoke one
  i              messages of the drill
  !              something real: leave the drill and declare; asks first

HOME
  enter          open what is chosen
  d              declare an incident
  r              practise a runbook in a drill
  /              find a runbook by words
  o              what would fail tonight
  a              the quarterly audit: what exists that nobody looks after
  i              the data map, and what exists that it does not know

DECLARE
  enter          go to the runbook, then declare
  tab shift+tab  between the line and the runbook

INCIDENT
  enter          do the safe thing: answer, decide, tick, or preview
  x              preview and run the action of this step
  d              preview without running
  space          finish a step done by hand, with its result
  tab            between the step and the list of steps
  .              back to the current step
  s              leave the step out, with a reason
  u              undo the action of this step
  r              ask the real systems again
  h              the way by hand
  p              whom this step rings
  o              open a finished or left-out step again, with a reason
  S              change the severity, with a reason
  T              act on an incident that another process holds
  a              ask others to approve this step
  A              a colleague approves here, or reviews an override
  R              who does what
  b              the board: what is stopped, and how it was proved
  l              fetch what the systems logged, as evidence
  E              write the brief or the timeline
  F              end the drill and show the score
  C              close the incident

RUN
  y              confirm what was shown
  enter          take what is typed; alone it confirms reading actions only
  v              go on without the evidence steps, reason filled in
  ctrl+t         a new credential first, then end the old one
  a ctrl+o       ask others to approve exactly this
  A ctrl+y       a colleague approves it at this keyboard
  r              ask the systems again: preview, or proof
  z              show or hide calls and raw detail
  h tab          the way by hand

FORM
  enter          next field; on the last, save
  tab            next field
  shift+tab      field before
  ctrl+j ctrl+o  new line in a long text
  ctrl+y         in a drill: paste the made-up leaked value of this row
  space          tick or untick a choice

UNSURE
  r              ask the real system
  y              a person saw that it happened, with how
  f              a person saw that it did not happen, with how
  h              where to look by hand

CLOCKS
  s              record that it was submitted
  p              record the proof of the submission
  a              record the acknowledgement
  f              record or correct the fact that starts it
  x              rule its start out, with a reason
  o              open a clock for one person: access, erasure, complaint
  l              make the clock of one person longer, by decision
  enter          write its letter
  r              whom to ring for it

WHO
  r              rang and reached
  a              rang, no answer
  l              rang, left a message
  enter          log a call with what was said

PEOPLE
  enter          hand a role over, or say it back; say yes to a task, or end it
  m              take the chosen role yourself, at once
  a              ask one person for one thing within a time
  v              what somebody must know who takes over
  R              take or give a role at once, without a handover
  x              take an offered role back, or drop a task, with a reason
  p              hand the whole incident to another laptop; asks first
  K              go on here although it was handed to another laptop

TIMELINE
  *              starred entries alone, or all
  /              find words
  enter          one entry in full
  n              next match of a search
  N              match before
  m              mark everything as seen

LETTERS
  enter          write this letter from what is known
  m              write this letter to everybody on a list
  S              send letters that were written to a list

LETTER
  s              save this draft to the journal
  f              write it as text, a page, a mail, Word or PDF
  tab            between the text and what the law wants in it

MERGE
  y              write the letters that were shown; nothing is sent
  r              read the list again; what was stopped is gone on with
  S              what sending these letters would be
  enter          back, once it has ended

MAILINGS
  enter          what sending this file would be; nothing is sent
  v              letters of this file, by what became of them
  h              record that somebody else sends this file
  b              read what came back from a file, and record it

MAILING
  enter          send, once the number of people is typed
  y              send this seed to colleagues, who look first
  s              between colleagues, who look first, and the list
  m              write this letter to a short list of colleagues
  a              ask two others to agree to this
  A              a colleague agrees to it at this keyboard
  tab            who would be written to now
  v              letters that left, by what became of them
  r              look again at what would be sent

POSTED
  pgdn           ten letters down
  pgup           ten letters up
  tab            between taken, refused, in doubt, not taken
  y              settle: the log of the server says it took this letter
  x              settle: the log says it did not take this letter
  Y              settle: it took all letters in doubt
  X              settle: it took none of the letters in doubt
  u              let a letter that was refused leave once more
  U              the same for all that were refused

WHO IS AFFECTED
  a              read an export of a vendor: CSV or JSON Lines
  x              join what was read, and count
  f              the counts as facts, before they are written down
  y              write the counts that are shown as facts, in your name
  r              correct the facts that were known otherwise, with a reason
  v              rows that were not read, each with its reason
  o              write the list of recipients to a file: people in clear

AN EXPORT ON ITS WAY IN
  y              read the whole file as it was shown
  m              name another file, mapping or channel
  x              go on to counting who is affected
  enter          back, once it has ended

DOCTOR
  enter space    fold the finding out: why, and what mends it
  r              run every check again; it changes nothing

AUDIT
  enter space    fold it out: why, whose it is, and what mends it
  r              ask every system what exists there; it only reads
  a              answer what no system tells: yes, no or unknown
  f              write the report to a file; says what and where first

INVENTORY
  p              preview pausing it
  v              preview revoking it for good
  s              ask every system what exists; hold it against inventory.yaml

INVENTORY AGAINST WHAT EXISTS
  y              write the lines that were shown into inventory.yaml
  p              show what would be written into inventory.yaml, line by line
  enter space    fold the difference out
  r              ask every system again what exists there

PAGE
  enter          go on from here
  U              switch on again what is stopped, in safe order

FACILITATE
  .              the message that comes next
  f              send the chosen message now, whether it is due or not
  h              hold the chosen message back until you send it
  x              leave the chosen message out of this drill
  tab            between messages, players, and the truth with its traps
  enter          the chosen message in full
  m              a message of your own; it asks before it is sent
  a              help the players with a word; the score counts it
  p              let time stand still, or go on
  s              how many times as fast as a watch time runs
  E              end the drill; it asks for a word first
  !              something real has happened: end the drill; it asks first
`;
