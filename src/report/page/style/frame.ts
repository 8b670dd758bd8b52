/** The frame, the first screen, and what all parts share. */
export const frame = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 50px; }
body { margin: 0; color: var(--ink); background: var(--paper); \
font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
.page { max-width: 1320px; margin: 0 auto; padding: 0 28px; }
a { color: var(--accent); }
h1 { font-size: clamp(1.35rem, 1.05rem + 1.1vw, 1.75rem); line-height: 1.2; margin: 0 0 10px; \
letter-spacing: -.015em; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 2px 0 8px; letter-spacing: -.01em; }
h3 { font-size: 1.02rem; margin: 16px 0 6px; }
h4 { font-size: 1rem; margin: 0 0 6px; }
p { margin: 0 0 8px; }
dl, dd { margin: 0; }
small { font-size: .82em; }
.brand { margin: 0; font-weight: 700; color: var(--accent); letter-spacing: .02em; }
.eyebrow { margin: 0; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.soft, .none { color: var(--soft); }
.none { font-size: .86em; }
.badge { padding: 1px 9px; border-radius: 99px; background: var(--tint); color: var(--accent); font-size: .8rem; }

.contents { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); \
font-size: .88rem; }
.contents ul { list-style: none; display: flex; max-width: 1320px; margin: 0 auto; padding: 3px 20px; \
overflow-x: auto; scrollbar-width: thin; }
.contents a { display: block; padding: 6px 9px; border-radius: 6px; color: inherit; text-decoration: none; \
white-space: nowrap; font-variant-numeric: tabular-nums; }
.contents a:hover, .contents a:focus-visible { background: var(--tint); color: var(--accent); }

.overview { display: grid; grid-template-columns: minmax(0, 10fr) minmax(0, 11fr); gap: 0 44px; padding: 18px 0 30px; \
font-size: .92rem; line-height: 1.45; }
.protocols div { display: grid; grid-template-columns: 6.9rem 1fr; margin-bottom: 3px; }
.protocols dt { font-weight: 600; }
.tally { list-style: none; margin: 0 0 10px; padding: 0; }
.tally li { display: grid; grid-template-columns: 16px 1.6rem 1fr; gap: 8px; margin-bottom: 2px; }
.tally li > b { text-align: right; font-variant-numeric: tabular-nums; }
.tally .mark { margin-top: 3px; }
.sure { margin: 0; color: var(--soft); font-size: .94em; }
.matrix caption { text-align: left; color: var(--soft); padding-bottom: 4px; }
.matrix th, .matrix td { padding: 5px 10px 5px 0; vertical-align: middle; }
.matrix tbody th { font-weight: 400; }
.matrix th a { color: inherit; text-decoration: none; }
.matrix th a:hover, .matrix th a:focus-visible { color: var(--accent); text-decoration: underline; }
.matrix td { min-width: 7.2rem; }
.matrix td a { display: inline-block; padding: 4px; line-height: 0; border-radius: 6px; }
.matrix td a:hover, .matrix td a:focus-visible { background: var(--tint); }
.matrix td small, .heads small { color: var(--soft); font-weight: 400; }
.matrix td .mark { width: 17px; height: 17px; }
.unfinished { margin: 0 0 12px; padding: 8px 14px; border: 1px solid var(--edge); border-radius: 8px; \
background: var(--warn); }

.mark { display: inline-block; flex: none; width: 16px; height: 16px; vertical-align: -3px; overflow: visible; \
--hue: var(--open); }
.mark.stands { --hue: var(--stands); }
.mark.falls { --hue: var(--falls); }
.mark.fallsShort { --hue: var(--short); }
.mark .f { fill: var(--hue); }
.mark .w, .mark .s { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.mark .w { stroke: var(--paper); stroke-width: 2; }
.mark .s { stroke: var(--hue); stroke-width: 1.6; }

table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; font-size: .86rem; vertical-align: bottom; }
.scroll { overflow-x: auto; }
summary { cursor: pointer; }
summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
background: var(--tint); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
footer { margin-top: 56px; padding: 16px 0 40px; border-top: 1px solid var(--line); color: var(--soft); \
font-size: .88rem; }
@media (max-width: 1050px) {
  .overview { grid-template-columns: minmax(0, 1fr); gap: 14px; }
}
@media (max-width: 760px) {
  .page { padding: 0 16px; }
  .contents ul { padding: 3px 8px; }
  .matrix td { min-width: 0; }
  .matrix th span { display: block; }
}
`;
