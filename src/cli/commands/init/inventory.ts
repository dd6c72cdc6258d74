/** `inventory.yaml` as `init` writes it. */
export const inventoryFile = `# The data map: every channel and integration, what it holds, whose data, and what stops when it is paused.
# In a breach the plan, its targets and the first draft of every letter come from here.
#
# Tags are how the built-in runbooks find rows: a step whose tag no row has is done by hand. Give yours the same ones:
#   whatsapp instagram web-chat crm    the channel a row belongs to
#   live-feed        carries messages out of a channel as they arrive; whatsapp-feed, instagram-feed: which channel
#   callback         an address that messages are sent to and that a thief could change
#   third-party      software of somebody else that reads or writes our data; instagram-plug-in: on Instagram
#   transcripts      where stored conversations are read, exported and deleted
#   chat-token       a credential that opens chat; crm-token opens the CRM
#   crm-sync         copies chat data into the CRM
#   crm-automation   rules in the CRM that act on their own
#   exports          sends data out of a system in bulk; deploys: puts new versions of the shop's pages in place
#   chat-script      puts the chat widget's script on our pages, or publishes it at the vendor
#   payment-page     runs on, or beside, the page that takes cards; page-policy: its Content-Security-Policy
#   bot-answers      a bot that answers customers by itself; bot-cache: what keeps its answers; bot-release: what can be rolled back
#   public-store     storage outside the platforms that a link can open; contractor-access: a key that somebody outside holds
#   card-guard       refuses card numbers that are typed into chat; card-origin: asks for them, or copies them on
#   war-room         where the team talks while it works

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
    tags: [whatsapp]

integrations:
  - id: whatsapp-webhook
    title: Delivery of WhatsApp messages to the inbox
    channel: whatsapp
    # connector: meta             # the entry of firebreak.yaml that reaches it; without one its steps are by hand
    # params: { waba: "000000" }  # ids that the vendor knows it by
    # pause: meta.stop-webhooks
    stops: agents see no new WhatsApp messages
    owner: Customer care
    tags: [whatsapp, live-feed, whatsapp-feed]

credentials:
  - id: whatsapp-token
    title: System user token of the WhatsApp app
    kind: system-user token
    opens: [whatsapp]
    # connector: meta
    # revoke: meta.revoke-token
    stops: nothing can be sent or received over WhatsApp until a new token is in place
    owner: Platform team
    tags: [whatsapp, chat-token]
    rotate_by_hand: Business settings, system users, generate new token
`;
