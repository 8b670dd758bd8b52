/**
 * The page's style: light, a list of contents beside one column of text, figures with their captions beside them where
 * there is room.
 */
export const style = `
:root { --ink: #1b2129; --soft: #5a6472; --line: #dfe3e8; --tint: #f5f7f9; --accent: #0b5c92; --stands: #00795a; \
--falls: #b8480a; --open: #6b7480; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 12px; }
body { margin: 0; color: var(--ink); background: #fff; \
font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
.page { max-width: 1080px; margin: 0 auto; padding: 28px 24px 0; }
.brand { margin: 0; font-weight: 700; color: var(--accent); letter-spacing: .02em; }
h1 { font-size: clamp(1.45rem, 1.15rem + 1.2vw, 1.9rem); line-height: 1.2; margin: 2px 0 6px; \
letter-spacing: -.015em; }
h2 { font-size: 1.55rem; line-height: 1.25; margin: 4px 0 8px; letter-spacing: -.01em; }
h3 { font-size: 1.12rem; margin: 40px 0 10px; }
h4 { font-size: 1rem; line-height: 1.35; margin: 0 0 6px; }
a { color: var(--accent); }
.facts { margin: 0 0 14px; color: var(--soft); font-size: .9rem; }
.eyebrow { margin: 0; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; margin-left: 4px; padding: 0 9px; border-radius: 99px; background: #e6f0f7; \
color: var(--accent); font-size: .76rem; font-weight: 400; }

.contents { position: sticky; top: 0; z-index: 1; background: #fffd; border-bottom: 1px solid var(--line); \
backdrop-filter: blur(6px); font-size: .86rem; line-height: 1.35; }
.contents ul { list-style: none; display: flex; gap: 2px; margin: 0; padding: 4px 12px; overflow-x: auto; \
scrollbar-width: thin; }
.contents a { display: block; padding: 6px 9px; border-radius: 6px; color: inherit; text-decoration: none; \
white-space: nowrap; }
.contents a:hover, .contents a:focus-visible { background: var(--tint); color: var(--accent); }
.contents b { font-weight: 600; font-variant-numeric: tabular-nums; }
.contents span, .contents em { display: none; }
.contents .idle { opacity: .55; }
@media (max-width: 1199px) { html { scroll-padding-top: 52px; } }
@media (min-width: 1200px) {
  body { display: grid; grid-template-columns: 12.5rem minmax(0, 1fr); }
  .contents { height: 100vh; overflow-y: auto; background: var(--tint); border-bottom: 0; \
border-right: 1px solid var(--line); }
  .contents ul { display: block; padding: 16px 8px; }
  .contents a { white-space: normal; }
  .contents span { display: block; color: var(--soft); font-size: .92em; line-height: 1.25; }
  .contents em { display: inline-flex; flex-wrap: wrap; gap: 3px; margin-left: 4px; vertical-align: -1px; }
  .page { margin: 0; padding-left: 28px; padding-right: 28px; width: 100%; }
}

.mark { display: inline-block; flex: none; width: 15px; height: 15px; vertical-align: -2px; fill: var(--stands); }
.mark.falls, .mark.fallsShort { fill: var(--falls); }
.mark.open, .mark.noTest, .mark.notRun, .mark.withdrawn { fill: #fff; }
.mark path { fill: none; stroke: #fff; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.mark.open *, .mark.noTest *, .mark.notRun *, .mark.withdrawn * { stroke: var(--open); stroke-width: 1.6; }
.contents .mark { width: 12px; height: 12px; }
.tally { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 10px; margin: 0 0 8px; padding: 0; \
font-size: .9rem; }
.tally li { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 4px 12px; background: var(--tint); \
border: 1px solid var(--line); border-radius: 8px; }
.tally span { white-space: nowrap; }
.tally .stands b, .verdicts .stands + span b { color: var(--stands); }
.tally .falls b, .verdicts .falls + span b { color: var(--falls); }
.verdicts { font-size: .84rem; line-height: 1.3; }
.verdicts tbody tr > * { border-bottom: 1px solid #eef0f3; padding: 2.5px 10px 2.5px 0; }
.verdicts tbody tr:last-child > * { border-bottom-color: #c9cfd6; }
.verdicts .where { white-space: nowrap; font-variant-numeric: tabular-nums; }
.verdicts a { color: inherit; text-decoration: none; }
.verdicts a:hover, .verdicts a:focus-visible { color: var(--accent); text-decoration: underline; }
.verdicts td[data-protocol] { white-space: nowrap; }
.verdicts .mark + span { margin-left: 5px; }
.verdicts .none { color: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 10px 0 0; color: var(--soft); font-size: .82rem; }

section { border-top: 1px solid var(--line); margin-top: 56px; padding-top: 30px; }
.question { font-size: 1.15rem; color: var(--soft); margin: 0 0 18px; max-width: 46rem; }
.protocols { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 14px; }
.protocols article { display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 10px; \
padding: 12px 16px; font-size: .9rem; }
.protocols .idle { background: var(--tint); color: var(--soft); }
.protocols h3 { font-size: 1rem; margin: 0 0 4px; }
.protocols p { margin: 0 0 8px; }
.protocols .preset { border-top: 1px solid var(--line); padding-top: 8px; }
.protocols .preset:nth-of-type(1) { margin-top: auto; }
.protocols .preset + .preset { margin-top: 10px; }
.protocols .badge { margin-left: 0; }
.protocols .rerun { margin: 0; }
.bugs { margin: 0 0 8px; padding-left: 18px; }
dd { margin: 0; }
.caution { background: #fff6e3; border-left: 4px solid #e69f00; padding: 4px 10px; }
.claims, .disagreements { columns: 2 26rem; column-gap: 14px; font-size: .92rem; }
.claims article, .disagreements article { background: var(--tint); border-radius: 10px; padding: 14px 18px; \
margin-bottom: 14px; break-inside: avoid; }
.claims .test { margin: 0 0 8px; color: var(--soft); font-size: .94em; }
.judgement { margin-top: 8px; }
.judgement h5 { margin: 0; font-size: 1em; }
.judgement h5 small { margin-left: 4px; color: var(--soft); font-weight: 400; }
.judgement ul { margin: 2px 0 0; padding-left: 36px; }
.judgement p { margin: 2px 0 0 20px; }
.disagreements h4 span { color: var(--accent); }
.disagreements dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0; }
.disagreements dt { font-weight: 600; }
.disagreements p { margin: 8px 0 0; }
.disagreements .measured { color: var(--soft); font-size: .94em; }
figure { display: grid; grid-template-columns: minmax(0, 42rem) minmax(15rem, 1fr); gap: 8px 28px; \
align-items: center; margin: 26px 0 0; }
figcaption h4 { font-size: 1.04rem; }
figcaption p { margin: 0; color: var(--soft); font-size: .92rem; }
figcaption .which { display: inline-block; margin-top: 6px; padding: 0 9px; border: 1px solid var(--line); \
border-radius: 99px; font-size: .78rem; }
.drawing svg { display: block; width: 100%; height: auto; }
svg text { font-family: inherit; }
.drawing svg.narrow { display: none; }

table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; font-size: .84rem; vertical-align: bottom; }
tbody th { font-weight: 400; }
.reading { margin: 0 0 12px; color: var(--soft); font-size: .88rem; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 24px 40px; \
align-items: start; }
.values tbody th { min-width: 8.5rem; }
.values td small { white-space: nowrap; }
.pairs .whole { grid-column: 1 / -1; }
.values small { display: block; color: var(--soft); font-weight: 400; font-size: .82em; line-height: 1.3; }
.values td, .values thead th:not(:first-child) { text-align: right; padding-right: 0; padding-left: 14px; }
.values .difference { color: var(--soft); font-size: .86em; }
.values caption { text-align: left; font-weight: 600; padding-bottom: 2px; }
.values caption small { display: inline; margin-left: 8px; }
.scroll { overflow-x: auto; }
.scroll table:not(.values) { min-width: 40rem; }
details { margin-top: 8px; }
summary { cursor: pointer; color: var(--accent); }
code { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
background: var(--tint); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
footer { margin-top: 64px; padding: 16px 0 40px; border-top: 1px solid var(--line); color: var(--soft); \
font-size: .88rem; }
@media (max-width: 760px) {
  .page { padding: 18px 16px 0; }
  figure { grid-template-columns: minmax(0, 1fr); }
  figcaption { order: -1; }
  .values td, .values thead th:not(:first-child) { padding-left: 8px; }
  .values caption small { display: block; margin-left: 0; }
  .values td small { white-space: normal; }
}
@media (max-width: 960px) {
  .verdicts thead { display: none; }
  .verdicts, .verdicts tbody, .verdicts tr, .verdicts tr > * { display: block; }
  .verdicts tr { border-bottom: 1px solid var(--line); padding: 7px 0; }
  .verdicts tbody tr > * { border: 0; padding: 0; }
  .verdicts td.where:empty, .verdicts td.none { display: none; }
  .verdicts td[data-protocol] { width: auto; white-space: normal; padding-left: 7.5rem; text-indent: -7.5rem; }
  .verdicts td[data-protocol]::before { content: attr(data-protocol); display: inline-block; width: 7rem; \
margin-right: .5rem; text-indent: 0; color: var(--soft); }
  .verdicts td[data-protocol] > * { text-indent: 0; }
}
@media (max-width: 520px) {
  .drawing svg.wide { display: none; }
  .drawing svg.narrow { display: block; }
}
@media print {
  body { display: block; font-size: 10.5pt; }
  .contents { display: none; }
  .page { max-width: none; padding: 0; }
  figure, article, table.values, tr { break-inside: avoid; }
  .scroll table:not(.values) { min-width: 0; }
  .pairs { grid-template-columns: 1fr 1fr; }
  h2, h3 { break-after: avoid; }
  section { margin-top: 24px; }
}
`;
