/** `contacts.yaml` as `init` writes it. */
export const contactsFile = `# Whom to ring. Phone first: mail and chat may be what is broken. Ring each of them twice a year and set \`checked\`.
# firebreak runbook lint names every contact that a runbook rings and nobody has filled in.
# firebreak who asks for these roles, whatever the law says: acquirer, pfi, brand-desk (cards), insurer, bsp, dpo; it says what else is missing.

contacts:
  - id: dpo
    name: Data protection officer
    duty: decides with you whether the authority and the people must be told
    phone: "+000 00 000 0000"
    # email: dpo@example.com
    hours: at any time
    checked: 2000-01-01           # older than 180 days: doctor says so
    for: [gdpr.33-1, gdpr.34, dpo]   # duties and roles this contact is rung for
  # - id: authority
  #   name: Data protection authority, breach desk
  #   duty: must be notified of a personal data breach within 72 hours
  #   phone: "+000 00 000 0001"
  #   checked: 2000-01-01
  #   for: [authority]
  # - id: acquirer
  #   name: Acquiring bank, incident line
  #   duty: must be told at once when card data may be hit
  #   phone: "+000 00 000 0002"
  #   checked: 2000-01-01
  #   for: [pci.acquirer, acquirer]
  # - id: chat-vendor
  #   name: Chat platform, security desk
  #   duty: keeps its logs for you and stops what you cannot reach
  #   phone: "+000 00 000 0003"
  #   checked: 2000-01-01
  #   for: [vendor, chat-platform]
`;
