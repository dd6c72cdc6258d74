import { COMMON } from '../paper/common.ts';

/** How the brief looks: one page, answers first. The same for every brief: all words come out of `brief.json`. */
export const PAGE = `#let job = json("/brief.json")
${COMMON}
#set document(title: job.title, date: auto)
#set text(size: job.size * 1pt)
#set par(leading: 0.5em, spacing: 0.75em, justify: false)
#set list(marker: "•", indent: 0pt, body-indent: 0.5em, spacing: 0.55em)
#show heading.where(level: 1): set text(size: 1.75em)
#show heading.where(level: 1): set block(above: 0pt, below: 0.55em)
#show heading.where(level: 2): set text(size: 1.12em)
#show heading.where(level: 2): set block(above: 0.95em, below: 0.5em)

#set page(
  paper: job.paper,
  margin: (x: 15mm, top: 21mm, bottom: 18mm),
  header: {
    set text(size: 8.5pt, fill: quiet)
    grid(columns: (1fr, auto, auto), column-gutter: 1em, align: (left + horizon, right + horizon, right + horizon), words(job.head), stamp(), label())
  },
  footer: {
    set text(size: 7pt, fill: quiet)
    grid(columns: (1fr, auto), column-gutter: 1em, align: (left + horizon, right + horizon), words(job.foot), label())
  },
  header-ascent: 25%, footer-descent: 25%,
  background: if job.stamp != none {
    align(center + horizon, rotate(-54deg, text(size: 150pt, weight: "bold", fill: rgb("#f9e9eb"), job.stamp)))
  },
)

#let bullets(one) = {
  heading(level: 2, one.title)
  if one.items.len() == 0 { one.otherwise } else { list(..one.items.map(item => item.map(run).join([ ]))) }
}
#let rows(one) = {
  set text(size: 0.9em)
  table(
    columns: one.shares.map(share => share * 1fr),
    stroke: (x, y) => (bottom: hair), inset: (x: 3pt, y: 2.6pt), align: left + top,
    fill: (_, y) => if y == 0 { rgb("#e6e6e6") },
    table.header(..one.heads.map(head => strong(head))),
    ..one.rows.map(row => row.map(cell => [#lines(cell)])).flatten(),
  )
}
#let tones = (good: rgb("#1e6b47"), bad: alarm, unsure: rgb("#8a5a00"))
#let frame(colour, body) = block(width: 100%, height: 100%, inset: 7pt, radius: 2pt, stroke: 1.2pt + colour, body)

#heading(level: 1, words(job.name))
#for one in job.about { par(lines(one)) }
#if job.notices.len() > 0 {
  block(width: 100%, inset: 6pt, above: 0.8em, stroke: 1.2pt + alarm, job.notices.map(lines).join(parbreak()))
}
#v(0.2em)
#context {
  let tone = tones.at(job.bleeding.tone)
  let left = {
    text(size: 0.95em, fill: quiet)[Are we still bleeding?]
    linebreak()
    text(size: 2.1em, weight: "bold", fill: tone, words(job.bleeding.answer))
    linebreak()
    words(job.bleeding.rest)
  }
  let right = {
    text(size: 0.95em, fill: quiet)[What is due next, and who owns it?]
    linebreak()
    lines(job.next)
  }
  // Both frames are as high as the higher of their words.
  let width = (page.width - 30mm - 8pt) / 2 - 16pt
  let height = calc.max(measure(block(width: width, left)).height, measure(block(width: width, right)).height) + 15pt
  grid(columns: (1fr, 1fr), column-gutter: 8pt, rows: height, frame(tone, left), frame(quiet, right))
}
#v(0.5em)
#grid(columns: (11fr, 9fr), column-gutter: 14pt, bullets(job.people), bullets(job.unknown))
#if job.clocks.rows.len() > 0 {
  heading(level: 2)[Duties]
  rows(job.clocks)
}
#if job.targets.rows.len() > 0 {
  heading(level: 2)[Containment]
  rows(job.targets)
}
#bullets(job.decisions)
#if job.others.items.len() > 0 { bullets(job.others) }
#bullets(job.costs)
#if job.left != none {
  block(above: 1em, text(fill: alarm, weight: "bold", size: 0.92em, words(job.left)))
}
#context [#metadata(here().page())<pages>]
`;
