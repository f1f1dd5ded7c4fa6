"""How a summary page looks on a screen, in a narrow window and on paper, and its filter."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 0 1.2rem 3rem; background: #fff; color: #1f2328;
  font: 15px/1.65 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 1.4rem 0 .3rem; font-size: 1.6rem; }
h2 { margin: 2.2rem 0 .5rem; font-size: 1.2rem; scroll-margin-top: 4rem; }
h2 small { font-weight: normal; color: #57606a; }
.outcome { font-size: 1.1rem; margin: .2rem 0; }
.line { margin: 0; color: #57606a; overflow-wrap: anywhere; }
nav { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center;
  margin: 1rem -1.2rem 0; padding: .6rem 1.2rem; background: #f6f8fa; border-block: 1px solid #d0d7de; }
nav a { color: #0550ae; }
nav label { margin-left: auto; }
input, select { font: inherit; padding: .15rem .5rem; border: 1px solid #8c959f; border-radius: 4px; background: #fff; color: inherit; }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; padding: 0; }
.tiles div { flex: 1 1 7rem; border: 1px solid #d0d7de; border-radius: 6px; padding: .5rem .9rem; }
.tiles dt { color: #57606a; }
.tiles dd { margin: 0; font-size: 1.5rem; }
.charts { columns: 34rem; column-gap: 1rem; }
figure { margin: 0 0 1rem; break-inside: avoid; border: 1px solid #d0d7de; border-radius: 6px; padding: .7rem 1rem; }
figcaption { font-weight: bold; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 13px; fill: #1f2328; }
svg .name { text-anchor: end; }
.bar { fill: #4472c4; } .rule { fill: #c55a11; }
rect.good { fill: #4c9a2a; } rect.warning { fill: #d4a106; } rect.error { fill: #cf3a3f; } rect.unknown { fill: #8c959f; }
.scroll { overflow: auto; max-height: 80vh; border: 1px solid #d0d7de; border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; min-width: 100%; font-size: 14px; line-height: 1.5; }
th, td { min-width: 2.6rem; padding: .3rem .6rem; border-bottom: 1px solid #e4e8ec; border-right: 1px solid #e4e8ec; text-align: left; vertical-align: top;
  white-space: pre-line; overflow-wrap: anywhere; unicode-bidi: isolate; }
th { position: sticky; top: 0; background: #d9e2f3; font-weight: 600; z-index: 1; }
.count, .number { text-align: right; white-space: nowrap; } .centre { text-align: center; white-space: nowrap; }
th.count, th.number, th.centre { white-space: pre-line; }
.wide { min-width: 20rem; } .broad { min-width: 11rem; } .fair { min-width: 8rem; } .count, .number { min-width: 5.5rem; } .centre { min-width: 3.6rem; }
td.good { background: #d3f0d8; color: #0a4d17; } td.warning { background: #fff1c2; color: #624700; }
td.error { background: #ffd9dc; color: #86061d; } td.unknown { background: #e7e9ec; color: #3b4148; }
.none { color: #57606a; }
[hidden] { display: none !important; }
@media (max-width: 640px) {
  body { padding: 0 .7rem 2rem; font-size: 14px; }
  nav { position: static; margin-inline: -.7rem; padding-inline: .7rem; }
  nav label { margin-left: 0; width: 100%; } nav input { width: 100%; }
  .tiles dd { font-size: 1.2rem; }
  svg text { font-size: 18px; } svg .name { font-size: 14px; }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav { display: none; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  table { font-size: 7.5pt; min-width: 0; width: 100%; } th, td { min-width: 0; padding: 1pt 2pt; } th { position: static; }
  .wide { min-width: 60mm; } .broad { min-width: 24mm; } .fair { min-width: 20mm; } .count, .number { min-width: 9mm; } .centre { min-width: 8mm; }
  .charts { columns: 2; }
  thead { display: table-header-group; } tr, figure { break-inside: avoid; } h2 { break-after: avoid; }
  td, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
""".strip()

#: Shows the rows that hold all words of the filter, and says how many there are.
SCRIPT = """
"use strict";
const filter = document.getElementById("filter");
const lists = Array.from(document.querySelectorAll("section[data-list]"), section => ({
  count: section.querySelector("small"),
  rows: Array.from(section.querySelectorAll("tbody tr"), row => ({ row, text: row.textContent.toLowerCase() })),
}));
function show() {
  const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const { count, rows } of lists) {
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every(word => text.includes(word));
      shown += !row.hidden;
    }
    count.textContent = words.length ? `${shown} / ${rows.length} 行` : `${rows.length} 行`;
  }
}
let waiting = 0;
filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 150); });
filter.closest("label").hidden = false;
if (filter.value) show();
""".strip()
