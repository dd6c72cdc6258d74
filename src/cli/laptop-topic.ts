/** `firebreak help laptops`: the shift ends, and somebody else goes on at their own machine. */
export const laptopTopic = `CHANGING LAPTOPS

  In three commands:

    there   firebreak keys receive                                  prints a line; it is no secret. Compare its letters by voice
    here    firebreak handover INCIDENT --out FILE --to LINE        one encrypted, signed file for that machine alone
    there   firebreak resume --from FILE                            verified, shown, confirmed by the codename, gone on with

    In the app: H, then p. Whatever was typed there, nothing is handed over before the codename is.

    Inside is the whole journal: every entry, evidence, receipts, the frozen definitions, and the keys of what is sealed,
    wrapped anew. No live secret is: resume names those that the other machine lacks, and firebreak doctor says more. Its
    systems are reached once the same firebreak.yaml is trusted there (firebreak trust).

    It goes on under a name and key of its own, in the same tree and with the next number. Nothing is renumbered, and
    firebreak verify checks both parts: nobody can sign in the name of the other. What was in flight here is UNSURE there.

    From then on it can only be read here: every command that would write says HANDED OVER. Where the packet never got
    there:   firebreak handover keep --why "the courier never came". Lost on its way, it can be made again for the same
    machine. If both went on, there are two stories, and neither hides the other:

    firebreak verify INCIDENT --against FILE                        how far two copies are alike, and what differs

    A packet is taken once, by the machine that it was made for; exit 4 for another one, 9 where it was changed, cut off
    or is older than what was seen there, 2 where it is here already. It may come back the same way: what lies here ends
    inside it and is replaced. Without firebreak: age -d -i receive.age FILE gives the list, the key and the journal.
    What lies on the first machine still opens there: content that is destroyed later is destroyed where that is done.
`;
