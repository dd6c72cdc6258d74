/** `inventory.yaml` as `init` writes it. */
export const inventoryFile = `# The data map: every channel and integration, what it holds, whose data, and what stops when it is paused.
# In a breach the plan, its targets and the first draft of every letter come from here.

channels:
  - id: whatsapp
    title: WhatsApp support line
    medium: whatsapp              # whatsapp instagram messenger web-chat email sms telegram phone crm archive other
    holds: [transcripts, user-identifiers, attachments]
    data: [contact, order, free-text]
    people:                       # a rough count with its range; letters show all of it
      about: 1000
      from: 500
      to: 2000
      basis: guess, to be replaced by the CRM's count
    countries: { IE: null }       # people per country, null where nobody knows
    owner: Customer care

integrations:
  - id: whatsapp-webhook
    title: Delivery of WhatsApp messages to the inbox
    channel: whatsapp
    # connector: meta             # the entry of firebreak.yaml that reaches it; without one its steps are by hand
    # params: { waba: "000000" }  # ids that the vendor knows it by
    # pause: meta.stop-webhooks
    stops: agents see no new WhatsApp messages
    owner: Customer care

credentials:
  - id: whatsapp-token
    title: System user token of the WhatsApp app
    kind: system-user token
    opens: [whatsapp]
    # connector: meta
    # revoke: meta.revoke-token
    stops: nothing can be sent or received over WhatsApp until a new token is in place
    owner: Platform team
    rotate_by_hand: Business settings, system users, generate new token
`;
