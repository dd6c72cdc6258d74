/** `firebreak help drills`: whose plan is practised, and how a scenario is written. */
export const drillTopic = `DRILLS: YOUR OWN PLAN, AND SCENARIOS OF YOUR OWN

  In a workspace a drill is played on your own runbooks, inventory, people and contacts. Each connector that a row of
  inventory.yaml names gets a simulator on 127.0.0.1, filled with your rows by their ids; its secrets are made up. No
  reference to a secret is resolved and no address of yours is in reach. What no drill can play is NOT TESTED: it stands
  on the first screen, in the scorecard and in the report. Without a workspace the built-in company is played.

    firebreak drill run RUNBOOK --map                  what of yours stands for what, before anything begins
    firebreak drill run RUNBOOK --company built-in     in the built-in company all the same
    firebreak drill call CONTACT --result reached --rung -10m --answered -9m     the call test, written down by hand

  A scenario of the built-in company is said in your names by what each row is: same connector, same kind, same channel,
  same tags and data. drills.yaml in the workspace changes it; on the left the built-in name, on the right yours, or null:

    systems: { meta-lrh: meta-shop }     # a connector of firebreak.yaml
    rows: { lrh-prod-su: shop-token, lrh-legacy-su: null }

  What has no place is left out with its reason, and not measured. Where nobody of the story can attack anything of
  yours, it is refused. A check that would hold in your inventory for nothing is not measured either.

  WRITING ONE

    firebreak drill new RUNBOOK          drill.yaml, artifacts/, briefing.md, facilitator.md; it plays as written
    firebreak drill lint RUNBOOK         every fault, with line, column and what was probably meant
    firebreak drill selftest RUNBOOK     the script goes the expected way, and once into each trap

  starts, earliest    when the page comes, and the earliest sign; legal clocks count from these
  secrets             what leaked, by the name of its row; $secret:NAME elsewhere stands for the made-up value
  systems             a connector of yours and the seed of its simulator; only what differs from the inventory
  moves               what a good responder does at a step: answer, range, unknown, rule_out, secrets, decide, record,
                      run, skip. A question or a decision needs one; other steps are done as they stand
  injects             messages: at (minutes after the page) or after (a trap, delay in minutes), channel, from, to (a
                      role), body, artifact (a file in artifacts/), if (a condition), expect (steps) within (minutes)
  traps               wrong moves: when (a condition), says, instead, kind (harmful 5, evidence-lost 5, leak 4,
                      out-of-order 2, needless 1), inject (what tempts), play (moves, or deeds before a step: take, undo,
                      wait, stop), and a message after it as its consequence
  attacker            a request that is repeated until the simulator refuses it: "contained" is measured by that
  stops               conditions that end the drill at once        faults   a system that fails at a step
  enough              the message from which on it can be decided whom to tell
  objectives, covers, targets      what the report rates, what the programme counts, what is in time
  end                 what must be true at the end; the drill is passed only then

  Conditions are CEL, ids with underscores for hyphens: sim.CONNECTOR (the simulator's own state), steps.STEP ("done",
  "hand", "skip", "todo"), facts.FACT, clocks.DUTY, decided.STEP (the option), at.STEP (seconds from the page to its
  end), time.FACT, second (now), and the lists undone, waived, acted.

  A system behind a recipe of yours is played by simulators/RECIPE.yaml, a script of routes; without one it is not tested.
`;
