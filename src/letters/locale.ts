/**
 * Every sentence that is not of a template and not of a person and yet can stand in a letter, by language. Marks that keep a draft from
 * being taken for a letter are among them: they are read by whoever holds it.
 */
export type LetterWords = Readonly<{
  drill: string;
  draft: string;
  trial: string;
  /** `further` is the how-manieth notification of the same breach, from two on. */
  notice: (further: number) => string;
  follows: (article: string) => string;
  missing: (what: string) => string;
  sealed: (what: string) => string;
  /** Behind what comes from the data map and from nobody's knowledge. */
  mapped: string;
  day: (year: string, month: number, day: number) => string;
  /** Kinds of data and of what a channel holds, as people say it; others as they are written. */
  kinds: Readonly<Record<string, string>>;
  named: (name: string) => string;
  unnamed: string;
  page: readonly [before: string, between: string, after: string];
}>;

const phase = (article: string): string => (article.includes('33(3)') ? ' (Art. 33(4) GDPR)' : '');

const english = 'January February March April May June July August September October November December'.split(
  ' ',
);
const german = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
  ' ',
);
const french = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
  ' ',
);
const spanish =
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');

const en: LetterWords = {
  drill: 'DRILL. This is an exercise: nothing in this letter has happened. Do not send it.',
  draft: 'DRAFT. Required information is missing, see the marks below. Do not send it yet.',
  trial: 'DRAFT. This is a trial: it was made to be looked at. Do not send it.',
  notice: (further) => (further === 1 ? 'First notification' : `Further notification, part ${further}`),
  follows: (article) => `Not yet known, will follow${phase(article)}`,
  missing: (what) => `[MISSING: ${what}]`,
  sealed: (what) => `[SEALED: ${what}; open the incident with its key]`,
  mapped: 'from our data map, the most that could be affected; not yet confirmed',
  day: (year, month, day) => `${day} ${english[month - 1] ?? month} ${year}`,
  kinds: {},
  named: (name) => `Dear ${name},`,
  unnamed: 'Dear customer,',
  page: ['Page ', ' of ', ''],
};

const de: LetterWords = {
  drill: 'ÜBUNG (DRILL). Nichts in diesem Brief ist geschehen. Nicht versenden.',
  draft: 'ENTWURF. Es fehlen Angaben, die vorgeschrieben sind; siehe die Vermerke. Noch nicht versenden.',
  trial: 'ENTWURF. Dies ist ein Probedruck zum Ansehen. Nicht versenden.',
  notice: (further) => (further === 1 ? 'Erste Meldung' : `Weitere Meldung, Teil ${further}`),
  follows: (article) => `Noch nicht bekannt, wird nachgereicht${phase(article)}`,
  missing: (what) => `[FEHLT: ${what}]`,
  sealed: (what) => `[VERSIEGELT: ${what}; den Vorfall mit seinem Schlüssel öffnen]`,
  mapped: 'nach unserem Verzeichnis; so viel kann höchstens betroffen sein, noch nicht bestätigt',
  day: (year, month, day) => `${day}. ${german[month - 1] ?? month} ${year}`,
  kinds: {
    contact: 'Kontaktdaten',
    order: 'Bestellungen',
    'identity-document': 'Ausweisdokumente',
    financial: 'Finanzdaten',
    'payment-card': 'Kartendaten',
    health: 'Gesundheitsdaten',
    children: 'Daten von Kindern',
    location: 'Standortdaten',
    credentials: 'Zugangsdaten',
    'free-text': 'freie Texte',
    transcripts: 'Gesprächsverläufe',
    'user-identifiers': 'Kennungen von Nutzern',
    attachments: 'Anhänge',
    'payment-data': 'Zahlungsdaten',
  },
  named: (name) => `Guten Tag ${name},`,
  unnamed: 'Guten Tag,',
  page: ['Seite ', ' von ', ''],
};

const fr: LetterWords = {
  drill: 'EXERCICE (DRILL). Rien de ce que dit cette lettre ne s’est produit. Ne pas envoyer.',
  draft:
    'PROJET. Des informations obligatoires manquent, voir les mentions ci-dessous. Ne pas encore envoyer.',
  trial: 'PROJET. Ceci est une épreuve à relire. Ne pas envoyer.',
  notice: (further) =>
    further === 1 ? 'Première notification' : `Notification complémentaire, partie ${further}`,
  follows: (article) => `Pas encore connu, sera communiqué ultérieurement${phase(article)}`,
  missing: (what) => `[MANQUE : ${what}]`,
  sealed: (what) => `[SCELLÉ : ${what} ; ouvrir l’incident avec sa clé]`,
  mapped: 'd’après notre registre, le maximum qui puisse être concerné ; pas encore confirmé',
  day: (year, month, day) => `${day === 1 ? '1er' : day} ${french[month - 1] ?? month} ${year}`,
  kinds: {
    contact: 'coordonnées',
    order: 'commandes',
    'identity-document': 'pièces d’identité',
    financial: 'données financières',
    'payment-card': 'données de carte bancaire',
    health: 'données de santé',
    children: 'données d’enfants',
    location: 'données de localisation',
    credentials: 'identifiants de connexion',
    'free-text': 'textes libres',
    transcripts: 'conversations',
    'user-identifiers': 'identifiants d’utilisateurs',
    attachments: 'pièces jointes',
    'payment-data': 'données de paiement',
  },
  named: (name) => `Bonjour ${name},`,
  unnamed: 'Bonjour,',
  page: ['Page ', ' sur ', ''],
};

const es: LetterWords = {
  drill: 'SIMULACRO (DRILL). Nada de lo que dice esta carta ha ocurrido. No enviar.',
  draft: 'BORRADOR. Falta información obligatoria, véanse las marcas. No enviar todavía.',
  trial: 'BORRADOR. Es una prueba para revisar. No enviar.',
  notice: (further) =>
    further === 1 ? 'Primera notificación' : `Notificación complementaria, parte ${further}`,
  follows: (article) => `Aún no se conoce, se comunicará más adelante${phase(article)}`,
  missing: (what) => `[FALTA: ${what}]`,
  sealed: (what) => `[SELLADO: ${what}; abra el incidente con su clave]`,
  mapped: 'según nuestro registro, lo máximo que puede estar afectado; aún sin confirmar',
  day: (year, month, day) => `${day} de ${spanish[month - 1] ?? month} de ${year}`,
  kinds: {
    contact: 'datos de contacto',
    order: 'pedidos',
    'identity-document': 'documentos de identidad',
    financial: 'datos financieros',
    'payment-card': 'datos de tarjeta',
    health: 'datos de salud',
    children: 'datos de menores',
    location: 'datos de ubicación',
    credentials: 'credenciales de acceso',
    'free-text': 'textos libres',
    transcripts: 'conversaciones',
    'user-identifiers': 'identificadores de usuario',
    attachments: 'archivos adjuntos',
    'payment-data': 'datos de pago',
  },
  named: (name) => `Hola, ${name}:`,
  unnamed: 'Hola:',
  page: ['Página ', ' de ', ''],
};

const all: Readonly<Record<string, LetterWords>> = { en, de, fr, es };

/** In a language that nobody has taught, the marks are English, a day is `2026-11-20`, and the numbers of a page say it by themselves. */
const unknown: LetterWords = {
  ...en,
  day: (year, month, day) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  named: (name) => `${name},`,
  unnamed: '',
  page: ['', ' / ', ''],
};

export const wordsOf = (language: string): LetterWords => all[language] ?? unknown;
