/** `firebreak help tests`: how the tests of a runbook are written. */
export const testTopic = `TESTS OF RUNBOOKS

  A runbook is a program for people, and it is tested like one: given these facts and answers, this is the way through it.
  Tests lie beside it, in runbooks/ID/test.yaml or in runbooks/ID/tests/*.yaml. They are played by the scripted responder
  on simulators; nothing live is in reach, no message comes, nobody attacks, and the time moves only by what a step takes.

    firebreak runbook test                     in a workspace its own, in its own company; else those that ship
    firebreak runbook test RUNBOOK --coverage  which steps and which ways of conditions no test took
    firebreak runbook lint                     names that lead nowhere, and expectations that no play could ever meet

  THE FILE

  starts, earliest    when it begins, and the earliest sign; without them those of drill.yaml, else a fixed day
  secrets, systems    simulators and what leaked, over those of drill.yaml; in a workspace they are filled from the inventory
  moves               what is done at a step: answer, range, unknown, rule_out, secrets, decide, record, run, skip; over
                      those of drill.yaml
  tests               each with an id, says (what must be so), what is given, and expect

  GIVEN

  facts    what is known before the first step            moves    over those of the file
  before   deeds in front of a step: take (another step, out of order), undo, wait (minutes), stop (a row outside the
           steps), learn (a fact; one that is recorded is corrected)
  faults   what fails at a step: instance, before, is (status, cut, hang, cut-after, hang-after), path, method; instead of
           those of drill.yaml, [] for none
  until    it ends in front of this step

  EXPECT (what is not named is not judged)

  path        steps in the order in which they end, others may lie between; one that is named twice is asked again
  steps       where each stands at the end: todo, now, wait, done, hand (by a person), skip, fail, unsure, void (not needed)
  again       exactly these decisions were asked again, because a fact they rest on changed
  unsure      exactly these steps were in doubt on the way, settled since or not; [] for none
  clocks      a duty: is (idle, provisional, running, overdue, sent, met, met-late, ruled-out), started, due; null for none
  letters     complete, incomplete, open (still to be written), not-needed
  bleeding    yes, no, unsure, unknown                   contained   a row: proved, unproved, refuted, failed, unsure,
                                                         by-hand, left-out, open, taken-back
  facts       what is known at the end; null for nothing
  checks      conditions, as in the end of a drill: sim.CONNECTOR, steps.STEP, facts.FACT, at.STEP ... (help drills)

  What does not hold says file, line, what was expected and what was seen; the exit code is 3.
`;
