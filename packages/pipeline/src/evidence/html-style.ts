/** The only style of the report, allowed by its digest in the page's Content-Security-Policy. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --page: #ffffff; --card: #f6f8fa; --bad: #b3261e; --bad-card: #fdecea; --warn: #7a4d00; --warn-card: #fff4dc; --good: #1a6b33; --link: #0a53be; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --line: #363e48; --page: #0d1117; --card: #161b22; --bad: #ff9d94; --bad-card: #3a1614; --warn: #f0c368; --warn-card: #33260b; --good: #6fd18b; --link: #7db7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem 4rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 0; }
h4 { font-size: .8rem; margin: 0 0 .35rem; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; }
p { margin: .4rem 0; }
a { color: var(--link); }
.soft, .none { color: var(--soft); }
.none { font-style: italic; }
.mono, code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .82em; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.numbers li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; color: var(--soft); font-size: .875rem; }
.numbers b { display: block; font-size: 1.35rem; line-height: 1.3; color: var(--ink); }
.exceptions { margin: 0; padding: 0; list-style: none; }
.exceptions li { border-left: .3rem solid var(--warn); background: var(--warn-card); border-radius: .25rem; padding: .5rem .8rem; margin: 0 0 .5rem; }
.exceptions .problem { border-color: var(--bad); background: var(--bad-card); }
.exceptions .where { font-size: .85rem; color: var(--soft); }
.label { font-weight: 600; color: var(--warn); }
.problem .label, .bad { color: var(--bad); font-weight: 600; }
.good { color: var(--good); font-weight: 600; }
.row { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1.25rem; }
.row > header { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: baseline; padding: .65rem 1rem; background: var(--card); border-bottom: 1px solid var(--line); border-radius: .5rem .5rem 0 0; }
.parts { columns: 27rem 2; column-gap: 2rem; padding: 1rem 1rem .1rem; }
.parts > section { break-inside: avoid; margin: 0 0 1.1rem; }
dl { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .2rem .75rem; margin: 0; font-size: .925rem; }
dt { color: var(--soft); }
dd { margin: 0; }
dd ul { margin: 0; padding: 0; list-style: none; }
table.overview { margin-bottom: 1.5rem; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: var(--soft); padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
td:first-child, td.keep { white-space: nowrap; }
details { border-top: 1px solid var(--line); padding: .5rem 1rem; }
summary { cursor: pointer; font-weight: 600; font-size: .925rem; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .375rem; padding: .6rem; margin: .4rem 0; white-space: pre-wrap; word-break: break-all; user-select: all; max-height: 12rem; overflow: auto; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--soft); }
@media (max-width: 40rem) {
  body { padding: 1rem .85rem 3rem; }
  dl { grid-template-columns: 6.25rem minmax(0, 1fr); }
  .stack thead { display: none; }
  .stack tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .stack td { display: block; border: 0; padding: .1rem 0; white-space: normal; }
  .stack td:first-child { font-weight: 600; }
  .stack td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #fff; --bad: #8c1d18; --bad-card: #fff; --warn: #5c3a00; --warn-card: #fff; --good: #145226; --link: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  .exceptions li, .numbers li, dl, tr { break-inside: avoid; }
  h2, .row > header, summary { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  pre { max-height: none; font-size: 6.5pt; }
}
`;
