import { COMMON } from '../paper/common.ts';

/**
 * How a timeline looks on paper, for Typst. It is the same for every timeline: all words come out of `timeline.json` as strings, and a
 * string is text to Typst, whatever is in it.
 */
export const PAGE = `#let job = json("/timeline.json")
${COMMON}
#set document(title: job.title, date: auto)
#set text(size: 7.2pt)
#set par(leading: 0.45em, spacing: 0.7em, justify: false)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 1): set block(above: 0pt, below: 0.7em)
#show heading.where(level: 2): set text(size: 9.5pt)
#show heading.where(level: 2): set block(above: 1.4em, below: 0.7em)

#let head() = {
  set text(size: 8pt, fill: quiet)
  grid(
    columns: (1fr, auto, auto), column-gutter: 1em, align: (left + horizon, right + horizon, right + horizon),
    words(job.head),
    stamp(),
    label(),
  )
}

#let foot() = {
  set text(size: 7.2pt, fill: quiet)
  grid(
    columns: (1fr, auto, auto), column-gutter: 1.5em, align: (left + horizon, right + horizon, right + horizon),
    words(job.foot),
    context {
      let total = if job.total == none { counter(page).final().first() } else { job.total }
      [page #(counter(page).get().first() + job.before) of #total]
    },
    label(),
  )
}

#set page(
  paper: job.paper, flipped: true,
  margin: (x: 11mm, top: 20mm, bottom: 18mm),
  header: head(), footer: foot(), header-ascent: 25%, footer-descent: 25%,
  background: if job.stamp != none {
    align(center + horizon, rotate(-32deg, text(size: 170pt, weight: "bold", fill: rgb("#f9e9eb"), job.stamp)))
  },
)

#if job.opening != none {
  heading(level: 1, words(job.opening.title))
  for notice in job.opening.notices {
    block(width: 100%, inset: 6pt, below: 0.8em, stroke: 1.2pt + alarm, text(size: 8.5pt, weight: "bold", fill: alarm, words(notice)))
  }
  set text(size: 8pt)
  for paragraph in job.opening.paragraphs { par(lines(paragraph)) }
  v(0.3em)
}

#let fills = (plain: none, star: rgb("#fdf6e3"))
#table(
  columns: job.columns.map(column => if "mm" in column { column.mm * 1mm } else { column.fr * 1fr }),
  stroke: (x, y) => (bottom: hair), inset: (x: 2.6pt, y: 3pt), align: left + top,
  fill: (x, y) => if y == 0 { rgb("#e6e6e6") } else { fills.at(job.rows.at(y - 1).tone) },
  table.header(..job.columns.map(column => strong(column.title))),
  ..job.rows.map(row => row.cells.enumerate().map(((i, cell)) => {
    let body = lines(cell.lines)
    let body = if cell.late { table.cell(fill: rgb("#ffdf9e"), body) } else { [#body] }
    if i == 0 and job.measured { [#metadata(none)<row>#lines(cell.lines)] } else { body }
  })).flatten(),
)
#if job.rows.len() == 0 [No row of the timeline is shown.]

#if job.closing != none {
  for (i, part) in job.closing.enumerate() {
    // The journal's note is short and is checked as a whole, so it stands on one page.
    block(breakable: i + 1 < job.closing.len(), width: 100%, {
      heading(level: 2, part.title)
      set text(size: 7.6pt)
      for one in part.paragraphs { par(lines(one)) }
    })
  }
}

#context [#metadata((
  pages: here().page(),
  rows: if not job.measured { () } else { query(<row>).map(one => (one.location().page(), one.location().position().y.pt())) },
))<seen>]
`;
