/** `contacts.yaml` as `init` writes it. */
export const contactsFile = `# Whom to ring. Phone first: mail and chat may be what is broken. Ring each of them twice a year and set \`checked\`.

contacts:
  - id: dpo
    name: Data protection officer
    duty: decides with you whether the authority and the people must be told
    phone: "+000 00 000 0000"
    # email: dpo@example.com
    hours: at any time
    checked: 2000-01-01           # older than 180 days: doctor says so
    for: [gdpr.33-1, gdpr.34, dpo]   # duties and roles this contact is rung for
#  - id: acquirer
#    name: Acquiring bank, incident line
#    duty: must be told at once when card data may be hit
#    phone: "+000 00 000 0000"
#    checked: 2000-01-01
#    for: [pci.acquirer, acquirer]
`;
