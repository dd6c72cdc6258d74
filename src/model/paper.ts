/** What a letter can be written as. Those that are text can go to a terminal or a pipe. */
export const PAPERS = {
  md: { title: 'Markdown', text: true },
  txt: { title: 'plain text', text: true },
  html: { title: 'a page for a browser or a printer', text: true },
  eml: { title: 'a mail, to be opened in a mail program', text: true },
  docx: { title: 'a document for a word processor', text: false },
  pdf: { title: 'PDF for the archive and for everybody; needs the typesetter', text: false },
} as const;

export type PaperFormat = keyof typeof PAPERS;

export const paperFormats = Object.keys(PAPERS) as readonly PaperFormat[];

export const isPaperFormat = (word: string): word is PaperFormat => Object.hasOwn(PAPERS, word);
