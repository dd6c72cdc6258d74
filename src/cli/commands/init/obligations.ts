/** `obligations.yaml` as `init` writes it. */
export const obligationsFile = `# Duties that you owe by contract, or by a law that firebreak does not know: what it knows is listed by firebreak clocks --all.
# Their clocks count, are shown and are proved like those of the law. Contracts are usually shorter than the law: look them up.

obligations: []
#  - id: harbour-dpa              # known as own.harbour-dpa
#    title: Tell Harbour Mail of the breach
#    to: Harbour Mail, security desk
#    owed_by: processor           # company, controller, processor, merchant
#    starts: processor-aware      # the fact that starts the clock
#    period: { kind: hours, hours: 24 }
#    threshold: every breach of their data
#    source: Processing agreement of 2024-03-01, clause 9.2
#    effective_from: 2024-03-01
#    contact: controller          # a \`for\` key of contacts.yaml
#  - id: member-copy              # opened by: firebreak clocks open own.member-copy --ref M-7
#    title: Give a member a copy of their file
#    to: the member who asked
#    starts: member-copy-asked
#    per_person: { extension: 1 } # one clock a person; by how many months a decision makes it longer
#    period: { kind: months, months: 1 }
#    source: Statutes of the association, section 12
`;
