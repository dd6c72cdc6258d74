import { FAMILIES } from '../../letters/papers/settable.ts';

const families = FAMILIES.map((family) => JSON.stringify(family)).join(', ');

/**
 * What our pages have in common, in the language of the typesetter: how words, runs and the label of TLP 2.0 are drawn. `job` is what
 * the page was handed; a string in it is text, whatever is in it.
 */
export const COMMON = `#let alarm = rgb("#a8001c")
#let quiet = rgb("#4a4a4a")
#let hair = 0.4pt + rgb("#b5b5b5")
#set text(font: (${families}), fallback: false, hyphenate: false, lang: "en")
#show heading: set heading(bookmarked: false)

// A long word may be broken between its pieces; nothing is printed there.
#let words(pieces) = pieces.join(box())
#let run(one) = {
  let body = words(one.words)
  let body = if one.is == "strong" { strong(body) }
    else if one.is == "alarm" { text(fill: alarm, strong(body)) }
    else if one.is == "dim" { text(fill: quiet, body) }
    else { body }
  if one.turn == none { body } else {
    let (lang, right-to-left) = one.turn
    text(lang: lang, dir: if right-to-left { rtl } else { ltr }, body)
  }
}
#let lines(all) = all.map(run).join(linebreak())

// Colours of the Traffic Light Protocol 2.0; the words say the same.
#let label() = box(fill: black, inset: (x: 5pt, y: 3pt), text(size: 12pt, weight: "bold", fill: rgb(job.tlp.colour), job.tlp.label))
#let stamp() = if job.stamp != none { text(size: 13pt, weight: "bold", fill: alarm, tracking: 1pt, job.stamp) }
`;
