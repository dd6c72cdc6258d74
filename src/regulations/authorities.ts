/**
 * Whom the law names, by country: who takes a notice, with the page to begin at. Nobody of the team has rung these: each says
 * where it is from, and a team's own entry in contacts.yaml stands before it.
 */
export type Authority = Readonly<{
  id: string;
  /** ISO 3166-1, or 3166-2 for a state; empty where it is of no country. */
  country: string;
  name: string;
  /** Where its notices are sent, or its first page. */
  portal: string;
  phone: string | null;
  /** `primary`: its own page was read; `third-party`: somebody's account of it; `memory`: nothing was. */
  confidence: 'primary' | 'third-party' | 'memory';
  /** The page that was read, in a copy that may be older than the day of reading; null: none was. */
  read: Readonly<{ page: string; on: string }> | null;
  note: string | null;
}>;

type More = Readonly<{ id?: string; phone?: string; note?: string }>;

const authority = (country: string, name: string, portal: string, more: More = {}): Authority => ({
  id: more.id ?? `dpa-${country.toLowerCase()}`,
  country,
  name,
  portal: `https://${portal}`,
  phone: more.phone ?? null,
  confidence: 'memory',
  read: null,
  note: more.note ?? null,
});

/** The day on which the pages were read; without `page` it was the portal itself. */
const DAY = '2026-11-27';
const read = (from: Authority, page = from.portal.slice('https://'.length)): Authority => ({
  ...from,
  confidence: 'primary',
  read: { page: `https://${page}`, on: DAY },
});
const told = (from: Authority, page: string): Authority => ({
  ...read(from, page),
  confidence: 'third-party',
});

/** Where the Board lists how each authority of the EEA is notified. */
export const BOARD_LIST = 'https://www.edpb.europa.eu/notify-data-breach';

/** Supervisory authorities under the GDPR, of the EU and the EEA. */
export const supervisory: readonly Authority[] = [
  authority('AT', 'Datenschutzbehörde', 'www.dsb.gv.at'),
  authority(
    'BE',
    'Autorité de protection des données / Gegevensbeschermingsautoriteit',
    'www.dataprotectionauthority.be',
  ),
  authority('BG', 'Commission for Personal Data Protection', 'www.cpdp.bg'),
  authority('HR', 'Agencija za zaštitu osobnih podataka (AZOP)', 'azop.hr'),
  authority('CY', 'Commissioner for Personal Data Protection', 'www.dataprotection.gov.cy'),
  authority('CZ', 'Úřad pro ochranu osobních údajů', 'www.uoou.gov.cz'),
  authority('DK', 'Datatilsynet', 'www.datatilsynet.dk'),
  authority('EE', 'Andmekaitse Inspektsioon', 'www.aki.ee'),
  authority('FI', 'Office of the Data Protection Ombudsman', 'tietosuoja.fi'),
  read(authority('FR', 'CNIL', 'www.cnil.fr/fr/notifier-une-violation-de-donnees-personnelles')),
  authority('DE', 'The authority of the Land', 'www.bfdi.bund.de', {
    note: 'Germany has one for each Land: that of your seat there. The page is that of the Federation, which lists them and takes notices of federal bodies and telecommunications itself.',
  }),
  authority('GR', 'Hellenic Data Protection Authority', 'www.dpa.gr'),
  authority('HU', 'NAIH', 'www.naih.hu'),
  told(
    authority('IE', 'Data Protection Commission', 'forms.dataprotection.ie/report-a-breach-of-personal-data'),
    'activemind.legal/law/ie-data-breaches',
  ),
  authority('IT', 'Garante per la protezione dei dati personali', 'www.garanteprivacy.it'),
  authority('LV', 'Datu valsts inspekcija', 'www.dvi.gov.lv'),
  authority('LT', 'Valstybinė duomenų apsaugos inspekcija', 'vdai.lrv.lt'),
  authority('LU', 'CNPD', 'cnpd.public.lu'),
  read(authority('MT', 'Information and Data Protection Commissioner', 'idpc.org.mt/report-a-breach/')),
  read(
    authority(
      'NL',
      'Autoriteit Persoonsgegevens',
      'www.autoriteitpersoonsgegevens.nl/themas/beveiliging/datalekken/zo-meldt-u-een-datalek',
      { note: 'Takes notices by its form alone: a call, a letter or an e-mail is none.' },
    ),
  ),
  authority('PL', 'UODO', 'uodo.gov.pl'),
  authority('PT', 'CNPD', 'www.cnpd.pt'),
  authority('RO', 'ANSPDCP', 'www.dataprotection.ro'),
  authority('SK', 'Úrad na ochranu osobných údajov', 'dataprotection.gov.sk'),
  authority('SI', 'Informacijski pooblaščenec', 'www.ip-rs.si'),
  read(
    authority(
      'ES',
      'AEPD',
      'www.aepd.es/derechos-y-deberes/cumple-tus-deberes/medidas-de-cumplimiento/brechas-de-datos-personales-notificacion',
      {
        note: 'Without an establishment in the EU its page asks for a notice only where the representative is in Spain; the Board asks for more.',
      },
    ),
  ),
  authority('SE', 'Integritetsskyddsmyndigheten (IMY)', 'www.imy.se'),
  authority('IS', 'Persónuvernd', 'www.personuvernd.is'),
  authority('LI', 'Datenschutzstelle', 'www.datenschutzstelle.li'),
  authority('NO', 'Datatilsynet', 'www.datatilsynet.no'),
];

const newYork = 'Attorney General of New York, with the Department of State and the State Police';
const clerk = 'An online form; the telephone is for questions.';

/** The others, by what a duty calls its contact, and where it names none by the duty itself. */
export const authorities: Readonly<Record<string, readonly Authority[]>> = {
  'uk-authority': [
    read(
      authority(
        'GB',
        "Information Commissioner's Office",
        'ico.org.uk/for-organisations/report-a-breach/personal-data-breach/',
        {
          id: 'ico',
          phone: '+44 303 123 1113',
          note: 'Monday to Friday, 9 to 17 there; at other hours, and for cyber incidents, the form.',
        },
      ),
    ),
  ],
  'cert-in': [
    told(
      authority('IN', 'CERT-In', 'www.cert-in.org.in', {
        id: 'cert-in',
        phone: '+91 1800 11 4949',
        note: 'By e-mail: incident@cert-in.org.in.',
      }),
      'vikaspedia.in/education/digital-litercy/information-security/report-vulnerabilities-to-cert-in',
    ),
  ],
  'india-board': [
    authority('IN', 'Data Protection Board of India', 'www.meity.gov.in', {
      id: 'dpb-in',
      note: 'No address of the Board itself is known here; this is the ministry.',
    }),
  ],
  'brazil-authority': [authority('BR', 'ANPD', 'www.gov.br/anpd', { id: 'anpd' })],
  'australia-authority': [
    read(
      authority(
        'AU',
        'Office of the Australian Information Commissioner',
        'www.oaic.gov.au/privacy/notifiable-data-breaches/report-a-data-breach',
        { id: 'oaic', phone: '+61 1300 363 992', note: clerk },
      ),
    ),
  ],
  'singapore-authority': [
    authority('SG', 'Personal Data Protection Commission', 'www.pdpc.gov.sg', { id: 'pdpc' }),
  ],
  'canada-authority': [
    read(
      authority(
        'CA',
        'Office of the Privacy Commissioner',
        'www.priv.gc.ca/en/report-a-concern/report-a-privacy-breach-at-your-organization/report-a-privacy-breach-at-your-business/',
        {
          id: 'opc',
          phone: '+1 800 282 1376',
          note: 'The number is from a copy of before November 2018, the form from a later one.',
        },
      ),
    ),
  ],
  'swiss-authority': [
    authority('CH', 'Federal Data Protection and Information Commissioner', 'www.edoeb.admin.ch', {
      id: 'fdpic',
    }),
  ],
  hhs: [
    read(
      authority(
        'US',
        'HHS, Office for Civil Rights, breach portal',
        'www.hhs.gov/hipaa/for-professionals/breach-notification/breach-reporting/index.html',
        { id: 'hhs-ocr', note: 'Notices are taken by the portal alone.' },
      ),
    ),
  ],
  'sec.8k-1-05': [authority('US', 'SEC, EDGAR', 'www.sec.gov/edgar', { id: 'sec' })],
  'us-states.ca-attorney-general': [
    read(
      authority('US-CA', 'Attorney General of California', 'oag.ca.gov/privacy/databreach/report-a-breach', {
        id: 'ag-us-ca',
      }),
    ),
  ],
  'us-states.ny-residents': [authority('US-NY', newYork, 'ag.ny.gov', { id: 'ag-us-ny' })],
  'us-states.tx-attorney-general': [
    read(
      authority(
        'US-TX',
        'Attorney General of Texas',
        'www.texasattorneygeneral.gov/consumer-protection/data-breach-reporting',
        { id: 'ag-us-tx', note: 'Reports are taken by the web form alone.' },
      ),
    ),
  ],
  'brand-desk': [
    read(
      authority('', 'Visa, fraud investigations', 'usa.visa.com', {
        id: 'visa',
        phone: '+1 650 432 2978',
        note: 'Of an older page of Visa in the US; the acquirer comes first.',
      }),
      'usa.visa.com/support/small-business/data-security.html/pin-security-program.jsp',
    ),
    read(
      authority('', 'American Express, incident response', 'merchant-channel.americanexpress.com', {
        id: 'amex',
        phone: '+1 888 732 3750',
        note: 'By e-mail: EIRP@aexp.com.',
      }),
      'merchant-channel.americanexpress.com/merchant/en_US/data-security',
    ),
    authority('', 'Mastercard', 'www.mastercard.com', {
      id: 'mastercard',
      note: 'It hears of it from the acquirer.',
    }),
    authority('', 'Discover', 'www.discoverglobalnetwork.com', { id: 'discover' }),
  ],
  pfi: [
    read(
      authority(
        '',
        'The list of PCI forensic investigators',
        'www.pcisecuritystandards.org/approved_companies_providers/pci_forensic_investigator.php',
        { id: 'pfi-list', note: 'Your own assessor cannot be your investigator.' },
      ),
    ),
  ],
};

const byId = new Map([...supervisory, ...Object.values(authorities).flat()].map((one) => [one.id, one]));
export const authorityOf = (id: string): Authority | null => byId.get(id) ?? null;
