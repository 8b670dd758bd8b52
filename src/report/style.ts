/** The page's style: light, one column of text, figures with their captions beside them where there is room. */
export const style = `
:root { --ink: #1b2129; --soft: #5a6472; --line: #dfe3e8; --tint: #f5f7f9; --accent: #0b5c92; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
.top, main, footer { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
.top { padding-top: 40px; }
.brand { margin: 0; font-weight: 700; color: var(--accent); letter-spacing: .02em; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.2; margin: 4px 0 14px; letter-spacing: -.015em; }
h2 { font-size: 1.55rem; line-height: 1.25; margin: 4px 0 8px; letter-spacing: -.01em; }
h3 { font-size: 1.08rem; margin: 38px 0 10px; }
h4 { font-size: 1rem; margin: 0 0 6px; }
.facts { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 10px; padding: 0; margin: 0 0 26px; }
.facts li { background: var(--tint); border: 1px solid var(--line); border-radius: 99px; padding: 2px 12px; font-size: .88rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18.5rem, 100%), 1fr)); gap: 18px; }
.card { display: flex; flex-direction: column; border: 1px solid var(--line); border-radius: 12px; padding: 18px 16px 14px; color: inherit; text-decoration: none; }
.card:hover, .card:focus-visible { border-color: var(--accent); }
.card h2 { font-size: 1.08rem; margin: 6px 0 4px; }
.card > p:not(.eyebrow) { margin: 0 0 14px; color: var(--soft); font-size: .92rem; }
.eyebrow { margin: 0; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.badge { display: inline-block; margin-left: 6px; padding: 0 9px; border-radius: 99px; background: #e6f0f7; color: var(--accent); font-size: .78rem; }
section { border-top: 1px solid var(--line); margin-top: 56px; padding-top: 34px; }
.question { font-size: 1.15rem; color: var(--soft); margin: 0 0 20px; max-width: 46rem; }
.notes { display: grid; grid-template-columns: 2fr 1fr; gap: 20px 32px; margin: 0; font-size: .93rem; }
.notes dt, .disagreements dt { font-weight: 600; }
dd { margin: 0; }
.caution { background: #fff6e3; border-left: 4px solid #e69f00; margin: 20px 0 0; padding: 8px 14px; font-size: .93rem; }
figure { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 8px 32px; align-items: center; margin: 32px 0 0; }
figcaption h3 { margin: 0 0 6px; }
figcaption p { margin: 0; color: var(--soft); font-size: .93rem; }
svg { display: block; width: 100%; height: auto; }
svg text { font-family: inherit; }
svg.narrow { display: none; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; font-size: .84rem; vertical-align: bottom; }
tbody th { font-weight: 400; }
.values tbody th { padding-left: 18px; text-indent: -18px; }
.values small { display: block; color: var(--soft); font-weight: 400; font-size: .82em; line-height: 1.3; }
.values td, .values thead th:not(:first-child) { text-align: right; padding-right: 0; padding-left: 14px; }
.values .here { font-weight: 600; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 22px 44px; align-items: start; }
.values i { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 8px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.values caption { text-align: left; font-weight: 600; padding-bottom: 2px; }
.values caption small { display: inline; margin-left: 8px; }
.card .values { font-size: .82rem; }
.card .values tbody th { padding-right: 0; }
.card .values td { padding-left: 10px; }
.card > .values:first-of-type { margin-top: auto; }
.card .values tr:last-child > * { border-bottom: 0; }
.scroll { overflow-x: auto; }
.scroll table { min-width: 40rem; }
.scroll td:first-child { white-space: nowrap; }
code { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--tint); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
code.long { display: inline-block; width: 13ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; user-select: all; }
.disagreements { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 16px; font-size: .92rem; }
.disagreements article { background: var(--tint); border-radius: 10px; padding: 14px 18px; }
.disagreements h4 span { color: var(--accent); }
.disagreements dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0; }
.disagreements p { margin: 8px 0 0; }
.rerun { margin: 16px 0 0; font-size: .93rem; }
footer { margin-top: 64px; padding-top: 16px; padding-bottom: 40px; border-top: 1px solid var(--line); color: var(--soft); font-size: .88rem; }
@media (min-width: 370px) {
  .card .values tbody th { white-space: nowrap; }
}
@media (max-width: 760px) {
  .top, main, footer { padding-left: 16px; padding-right: 16px; }
  .top { padding-top: 24px; }
  .notes, figure { grid-template-columns: minmax(0, 1fr); }
  figcaption { order: -1; }
  .values td, .values thead th:not(:first-child) { padding-left: 8px; }
  .values caption small { display: block; margin-left: 0; }
}
@media (max-width: 520px) {
  svg.wide { display: none; }
  svg.narrow { display: block; }
}
@media print {
  body { font-size: 10.5pt; }
  .top, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  figure, article, .card, table.values, tr { break-inside: avoid; }
  .scroll table { min-width: 0; }
  .cards { grid-template-columns: repeat(3, 1fr); gap: 10px; }
  .card .values tbody th { white-space: normal; }
  .pairs, .disagreements { grid-template-columns: 1fr 1fr; }
  h2, h3 { break-after: avoid; }
  section { margin-top: 24px; }
}
`;
