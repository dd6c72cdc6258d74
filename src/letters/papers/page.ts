import { FAMILIES } from './settable.ts';

const families = FAMILIES.map((family) => JSON.stringify(family)).join(', ');

/**
 * How a letter looks, for Typst. It is the same for every letter: all words come out of `letters.json` as strings, and a
 * string is text to Typst, whatever is in it.
 */
export const PAGE = `#let job = json("/letters.json")
#let alarm = rgb("#a8001c")
#let quiet = rgb("#4a4a4a")

#set document(title: job.title, date: auto)
#set text(font: (${families}), fallback: false, size: 10.5pt, hyphenate: false, lang: job.lang)
#set par(leading: 0.72em, spacing: 1.15em, justify: false)
#set list(marker: "•", indent: 0.2em, body-indent: 0.7em, spacing: 0.75em)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 1): set block(above: 1.2em, below: 1.1em)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 2): set block(above: 1.75em, below: 0.85em)

// A long word may be broken between its pieces; nothing is printed there.
#let words(pieces) = pieces.join(box())
#let run(one) = {
  let (kind, pieces) = one
  if kind == "strong" { strong(words(pieces)) }
  else if kind == "mark" { highlight(fill: rgb("#ffe08a"), extent: 1pt, strong(words(pieces))) }
  else { words(pieces) }
}
#let runs(all) = all.map(run).join()

// Shading alone says nothing: a marked row has its words too.
#let rows(block) = {
  set text(size: 8.5pt)
  set par(leading: 0.5em)
  table(
    columns: block.shares.map(share => share * 1fr),
    stroke: 0.5pt + rgb("#9a9a9a"), inset: 4pt, align: left + top,
    fill: (_, y) => if y == 0 { rgb("#ececec") } else if block.rows.at(y - 1).marked { rgb("#f7dfe2") },
    table.header(..block.head.map(pieces => strong(words(pieces)))),
    ..block.rows.map(row => row.cells.map(cell => [#runs(cell)])).flatten(),
  )
}

#let piece(block) = if block.is == "table" { rows(block) } else {
  let body = if block.is == "h1" { heading(level: 1, runs(block.lines.first())) }
    else if block.is == "h2" { heading(level: 2, runs(block.lines.first())) }
    else if block.is == "list" { list(..block.lines.map(runs)) }
    else { par(block.lines.map(runs).join(linebreak())) }
  if block.turn == none { body } else {
    let (lang, right-to-left) = block.turn
    set text(lang: lang, dir: if right-to-left { rtl } else { ltr })
    set align(if right-to-left { right } else { left })
    body
  }
}

#let head(letter) = {
  set text(size: 8.5pt, fill: quiet)
  set par(leading: 0.5em)
  grid(
    columns: (1fr, auto), column-gutter: 1em, align: (left + bottom, right + bottom),
    words(letter.sender),
    if letter.stamp != none { text(size: 13pt, weight: "bold", fill: alarm, tracking: 1pt, letter.stamp) },
  )
  v(-0.55em)
  line(length: 100%, stroke: 0.5pt + rgb("#9a9a9a"))
}

#let foot(letter, end) = {
  set text(size: 8.5pt, fill: quiet)
  let (before, between, after) = letter.page_words
  grid(
    columns: (1fr, auto), column-gutter: 1em,
    words(letter.reference),
    // Asking for a number lays the file out again, so where it is known it is not asked for.
    if job.one_page [#before#(1)#between#(1)#after]
    else { context [#before#counter(page).display()#between#counter(page).at(end).first()#after] },
  )
}

// The longest of the words still fits between the corners.
#let behind(letter) = if letter.stamp != none {
  align(center + horizon, rotate(-54deg, text(size: calc.min(150pt, 900pt / letter.stamp.clusters().len()), weight: "bold", fill: rgb("#f9e9eb"), letter.stamp)))
}

#let put(i, letter) = {
  let end = label("end-" + str(i))
  set text(lang: letter.lang)
  set page(
    paper: letter.paper,
    margin: (x: 25mm, top: 30mm, bottom: 25mm),
    header: head(letter),
    footer: foot(letter, end),
    background: behind(letter),
    header-ascent: 35%,
  )
  if not job.one_page { counter(page).update(1) }
  if letter.notice != none {
    block(
      width: 100%, inset: 9pt, below: 1.4em, stroke: 1.5pt + alarm,
      text(weight: "bold", fill: alarm, words(letter.notice)),
    )
  }
  for block in letter.blocks { piece(block) }
  if not job.one_page { [#metadata(none)#end] }
  if not job.one_page or i + 1 == job.letters.len() { context [#metadata(here().page())<last-page>] }
}

#for (i, letter) in job.letters.enumerate() { put(i, letter) }
`;
