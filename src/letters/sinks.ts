import { escapeHtml, htmlText, markdownText, visible, visibleBlock } from '../base/text.ts';

/** What an element shows: words, a list, or why there are none yet. */
export type Shown =
  | Readonly<{ is: 'text'; text: string }>
  | Readonly<{ is: 'list'; items: readonly string[] }>
  | Readonly<{ is: 'marker'; text: string }>;

/**
 * One form of a letter. `layout` turns the template's own words (a small Markdown: `#`, `##`, `- `, `**`, paragraphs) into
 * the form; `inline` and `block` escape what comes from people and systems. The two never meet: a value is put in after
 * the layout was made, so nothing that a stranger wrote is ever read as markup.
 */
export type Sink = Readonly<{
  layout: (template: string) => string;
  inline: (value: Shown) => string;
  block: (value: Shown) => string;
  page: (
    body: string,
    about: Readonly<{ title: string; language: string; watermark: string | null; stamp: string | null }>,
  ) => string;
}>;

/** `{{name}}` alone on its line is a block: a paragraph or a list of its own. `name` with this ending stands for it. */
export const BLOCK = '__block';

const TAG = /(\{\{[^{}]*\}\})/;
const LONE_NAME = /^\{\{\s*([a-z0-9_]+)\s*\}\}$/;
const LONE_TAG = /^\{\{\s*(?:[#/!^].*|else\b.*)\}\}$/;

/** The template's lines by what they are; directives of Handlebars on a line of their own stay as they are. */
type Line = Readonly<{ is: 'tag' | 'block' | 'h1' | 'h2' | 'item' | 'text' | 'blank'; text: string }>;

export function linesOf(template: string): readonly Line[] {
  return template.split('\n').map((line): Line => {
    const text = line.trim();
    if (LONE_TAG.test(text)) return { is: 'tag', text };
    const name = LONE_NAME.exec(text)?.[1];
    if (name !== undefined) return { is: 'block', text: `{{${name}${BLOCK}}}` };
    if (text === '') return { is: 'blank', text };
    if (text.startsWith('## ')) return { is: 'h2', text: text.slice(3) };
    if (text.startsWith('# ')) return { is: 'h1', text: text.slice(2) };
    return text.startsWith('- ') ? { is: 'item', text: text.slice(2) } : { is: 'text', text };
  });
}

/** Changes the template's own words and leaves what stands in braces. */
export const ownWords = (text: string, change: (words: string) => string): string =>
  text
    .split(TAG)
    .map((part) => (TAG.test(part) ? part : change(part)))
    .join('');

export const oneLine = (value: Shown): string =>
  value.is === 'list' ? value.items.join('; ') : value.text.replaceAll(/\s*\r?\n\s*/g, ' ');
export const paragraphs = (text: string): readonly string[] =>
  visibleBlock(text)
    .trim()
    .split(/\n{2,}/);

// ---- Markdown

const markdownLines = (text: string): string => text.split('\n').map(markdownText).join('\\\n');

export const markdown: Sink = {
  layout: (template) =>
    linesOf(template)
      .map(
        ({ is, text }) =>
          ({ h1: `# ${text}`, h2: `## ${text}`, item: `- ${text}`, block: text, tag: text, text, blank: '' })[
            is
          ],
      )
      .join('\n'),
  inline: (value) =>
    value.is === 'marker' ? `**${markdownText(value.text)}**` : markdownText(oneLine(value)),
  block: (value) => {
    if (value.is === 'list') return value.items.map((item) => `- ${markdownText(item)}`).join('\n');
    if (value.is === 'marker') return `**${markdownText(value.text)}**`;
    return paragraphs(value.text).map(markdownLines).join('\n\n');
  },
  page: (body, { watermark }) =>
    `${watermark === null ? '' : `> **${markdownText(watermark)}**\n\n`}${tidy(body)}\n`,
};

// ---- plain text

export const plain: Sink = {
  layout: (template) =>
    linesOf(template)
      .map(({ is, text }) => {
        const words = ownWords(text, (own) => own.replaceAll('**', ''));
        if (is === 'h1')
          return `${words.toUpperCase() === words ? words : ownWords(words, (own) => own.toUpperCase())}\n${'='.repeat(60)}`;
        if (is === 'h2') return `${words}\n${'-'.repeat(60)}`;
        return is === 'item' ? `- ${words}` : words;
      })
      .join('\n'),
  inline: (value) => visible(oneLine(value)),
  block: (value) =>
    value.is === 'list'
      ? value.items.map((item) => `- ${visible(item)}`).join('\n')
      : visibleBlock(value.text).trim(),
  page: (body, { watermark }) =>
    `${watermark === null ? '' : `*** ${visible(watermark)} ***\n\n`}${tidy(body)}\n`,
};

/** No more than one empty line in a row, none at either end. */
const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

// ---- HTML

/** Languages that are written from right to left (CLDR, layout): a team can write its own letters in any. */
export const isRightToLeft = (language: string): boolean => /^(?:ar|fa|he|iw|ps|ur|yi)(?:-|$)/.test(language);

/** On paper the stamp stands behind the words of every page, and no heading at the end of one. */
const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; } p { margin: .6rem 0; }
ul { margin: .6rem 0; padding-inline-start: 1.4rem; } li { margin: .25rem 0; }
mark { background: #ffe08a; font-weight: 600; } .watermark { border: 3px solid #b00020; color: #b00020; padding: .5rem; font-weight: 700; }
@page { size: auto; margin: 22mm 25mm; }
@media print {
  body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 16pt; } h2 { font-size: 12pt; } h1, h2 { break-after: avoid; } p, li { orphans: 2; widows: 2; }
  body[data-stamp]::before { content: attr(data-stamp); position: fixed; inset: 0; z-index: -1; display: flex; align-items: center; justify-content: center; font-size: 110pt; font-weight: 700; white-space: nowrap; color: #f7e1e4; transform: rotate(-54deg); }
}`;

export const html: Sink = {
  layout: htmlLayout,
  inline: (value) =>
    value.is === 'marker' ? `<mark>${htmlText(value.text)}</mark>` : htmlText(oneLine(value)),
  block: (value) => {
    if (value.is === 'list')
      return `<ul>\n${value.items.map((item) => `<li dir="auto">${htmlText(item)}</li>`).join('\n')}\n</ul>`;
    if (value.is === 'marker') return `<p><mark>${htmlText(value.text)}</mark></p>`;
    return (
      paragraphs(value.text)
        // Whoever wrote it may write from right to left: the first letter decides.
        .map((text) => `<p dir="auto">${escapeHtml(text).replaceAll('\n', '<br>\n')}</p>`)
        .join('\n')
    );
  },
  page: (body, { title, language, watermark, stamp }) => `<!doctype html>
<html lang="${htmlText(language)}"${isRightToLeft(language) ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<style>
${STYLE}
</style>
</head>
<body${stamp === null ? '' : ` data-stamp="${htmlText(stamp)}"`}>
${watermark === null ? '' : `<p class="watermark">${htmlText(watermark)}</p>\n`}${tidy(body)}
</body>
</html>
`,
};

function htmlLayout(template: string): string {
  const out: string[] = [];
  let open: 'p' | 'ul' | null = null;
  const enter = (next: 'p' | 'ul' | null): void => {
    if (open === next) return;
    if (open !== null) out.push(`</${open}>`);
    if (next !== null) out.push(`<${next}>`);
    open = next;
  };
  for (const { is, text } of linesOf(template)) {
    enter(is === 'item' ? 'ul' : is === 'text' ? 'p' : null);
    if (is === 'h1' || is === 'h2') out.push(`<${is}>${htmlWords(text)}</${is}>`);
    else if (is === 'item') out.push(`<li>${htmlWords(text)}</li>`);
    else if (is !== 'blank') out.push(is === 'text' ? htmlWords(text) : text);
  }
  enter(null);
  return out.join('\n');
}

const htmlWords = (text: string): string =>
  ownWords(text, escapeHtml).replaceAll(/\*\*(.+?)\*\*/g, (_, words: string) => `<strong>${words}</strong>`);
