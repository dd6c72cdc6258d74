const HEAD = `# Who you are, which systems firebreak may reach, and where each secret comes from.
# Check it with: firebreak runbook lint        See what would fail tonight: firebreak doctor

organisation:
  name: Example Ltd               # as people know you
  # legal_name: Example Limited   # as letters to authorities must name you
  # address: 1 Example Street, Dublin
  country: IE                     # main establishment, two letters
`;

const REST = `  acts_as: controller             # controller, processor, or both
  takes_cards: false              # true: the acquirer's clocks run when card data may be hit
  # authority: Data Protection Commission
  # dpo: dpo                      # a row of contacts.yaml
  # acquirer: acquirer            # a row of contacts.yaml
  # languages: [en]

# Who may act. The handle stands in the public part of the journal, the name in the sealed one.
# Roles: commander, responder, scribe, comms, legal, pci, manager
# Some steps want the approval of somebody else, letters always: name two people with keys at least. A key is a line of
# id_ed25519.pub without its comment, below the roles of that person, as keys: ["ssh-ed25519 ..."]. See: firebreak help approvals
people:
  - handle: responder
    name: Your Name
    roles: [responder, commander]

# How long content is kept once an incident is closed, in days by data class. Destroying it takes two other people:
# firebreak journal shred. A legal hold (firebreak journal hold) wins. Archive duties: firebreak journal policy.
# retention:
#   days: { victims: 365, exchange: 730, evidence: 1830, staff: 1830, definitions: 1830 }
#   keeps: [mifid2.16-7]        # duties that bind you win over fewer days

# Minutes without a key until the terminal app hides what is private; 0 is never.
# terminal: { lock_minutes: 10 }

# One entry for each system that firebreak may stop things in. Without any, every step is done by hand.
# Secrets are references, never values:
#   { env: NAME }  { file: /path/of/mode/0600 }  { keychain: name }  { command: [op, read, "op://vault/item/field"] }
connectors: {}
#  meta:
#    uses: meta                   # WhatsApp, Instagram and Messenger through the Graph API
#    config: { app_id: "000000", business_id: "000000" }
#    secrets:
#      token: { keychain: meta-token }
#      app_secret: { keychain: meta-app-secret }
#  github:
#    uses: github
#    secrets:
#      token: { env: GITHUB_TOKEN }

# Where signed checkpoints of the journal are left: a few lines that name nobody. Without one outside this machine, whoever has
# the machine can shorten or rewrite the journal and nobody can tell. Two of different kinds are better than one.
anchors: {}
#  room: { slack: slack, channel: "#incident" }             # a message in the channel of the incident, read back
#  tsa: { timestamp: "https://freetsa.org/tsr" }            # what a court knows: a time stamp (RFC 3161)
#  share: { folder: /mnt/evidence }                         # a folder on another machine
#  bucket:                                                  # an object store; best with object lock
#    put: https://bucket.s3.eu-west-1.amazonaws.com/firebreak
#    region: eu-west-1
#    access_key: { env: AWS_ACCESS_KEY_ID }
#    secret_key: { env: AWS_SECRET_ACCESS_KEY }
#  siem: { syslog: siem.example.com, ca: /etc/ssl/siem.pem } # a copy over TLS; nobody can read it back, so it is no proof
#  second: { cosigner: "firebreak.invalid/w/0123456789abcdef+01234567+BAAA" } # a second responder: firebreak journal cosign --key

# Who is sent the journal as events (OCSF) while it grows. What is private leaves as commitments alone, unless \`fields\` names it.
# ship:
#   siem: { https: "https://siem.example.com/events", authorization: { env: SIEM_KEY } }
#   logs: { syslog: logs.example.com, ca: /etc/ssl/logs.pem, fields: [note.added.text] }

# Copies of the journal, made and verified while an incident is open, best on another disk. See: firebreak journal restore
# backup: { folder: /mnt/copies, every_hours: 4, keep: 24 }

# Who else hears that a legal clock runs out, once for each threshold while the app runs: codename, duty and time left, no more.
# alerts:
#   slack: { connector: slack, channel: "#incident" }
#   command: [notify-send, firebreak]                      # the line is added as the last argument

# One line every few minutes for managers, who then need no access: still bleeding or not, steps, the next clock, who is in command.
# bulletin:
#   every_minutes: 15
#   file: /mnt/share/incident.txt                          # replaced as a whole; readable by you alone unless you say more
#   readable_by: group                                     # owner, group or everyone
#   slack: { connector: slack, channel: "#managers" }      # nothing is said where the incident is about that workspace
`;

/** `firebreak.yaml` as `init` writes it: valid as it stands, every line explained. */
export const companyFile = (zone: string): string =>
  `${HEAD}  zone: ${zone.padEnd(25)} # times are shown and typed in this zone; the journal keeps UTC\n${REST}`;
