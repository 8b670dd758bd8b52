/** Rows of claims, and the evidence that they open to. */
export const claims = `
.claims { --columns: minmax(0, 5fr) repeat(3, minmax(0, 4fr)); font-size: .9rem; line-height: 1.35; \
border-top: 1px solid var(--line); margin-top: 18px; }
.claims.n2 { --columns: minmax(0, 5fr) repeat(2, minmax(0, 4fr)); }
.claims.n1 { --columns: minmax(0, 5fr) minmax(0, 4fr); }
.heads, .claim > summary { display: grid; grid-template-columns: var(--columns); gap: 4px 18px; padding: 6px 4px; }
.heads { padding-left: 22px; color: var(--soft); font-size: .86rem; font-weight: 600; }
.claim { border-top: 1px solid var(--line); }
.claim > summary { list-style: none; position: relative; padding-left: 22px; }
.claim > summary::-webkit-details-marker { display: none; }
.claim > summary::before { content: ""; position: absolute; left: 6px; top: 11px; border: solid var(--accent); \
border-width: 0 2px 2px 0; padding: 2.5px; transform: rotate(-45deg); }
.claim[open] > summary::before { transform: rotate(45deg); }
.claim > summary:hover, .claim[open] > summary { background: var(--tint); }
.claim.companion .says { padding-left: 14px; color: var(--soft); }
.says { font-weight: 500; }
.claim small { display: block; font-weight: 400; color: var(--soft); line-height: 1.3; }
.cell .under { display: none; }
.cell .mark { vertical-align: -2px; }
.cell small .mark { width: 11px; height: 11px; vertical-align: -1px; }
.cell.stands b { color: var(--stands); }
.cell.falls b { color: var(--falls); }
.cell.fallsShort b { color: var(--short); }
.cell.notClaimed, .cell.notRun, .cell.noTest { color: var(--soft); }
.cell.notClaimed b, .cell.notRun b { font-weight: 400; }
.cell.notClaimed .mark { display: none; }
.evidence { padding: 4px 4px 16px 22px; }
.evidence article { border: 1px solid var(--line); border-radius: 10px; padding: 10px 16px; margin-top: 8px; }
.evidence .metric { color: var(--soft); }
.part { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 400px); gap: 8px 28px; align-items: start; }
.part + .part { border-top: 1px solid var(--line); margin-top: 10px; padding-top: 10px; }
.part dl { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 3px 10px; margin-bottom: 6px; }
.part dt { color: var(--soft); }
.effect { display: block; }
.files { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-bottom: 6px; }
.raw { min-width: 0; }
.raw > summary { color: var(--accent); }
.raw[open] { flex-basis: 100%; }
.raw pre { max-height: 14rem; overflow: auto; margin: 4px 0; padding: 8px 12px; background: var(--tint); \
border-radius: 6px; font-size: .84em; }
.shrink { display: block; width: 100%; height: auto; }
.shrink text { font: 11px system-ui, sans-serif; fill: var(--soft); }
.shrink .end { text-anchor: end; }
.shrink path { fill: none; }
.shrink .grid { stroke: var(--line); }
.shrink .band { fill: var(--band); stroke: var(--accent); stroke-width: 1; }
.shrink .margin { stroke: var(--ink); stroke-width: 1.6; }
.shrink .none { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 4 3; }
.shrink .dot { fill: var(--ink); opacity: .55; }
.shrink .part { stroke: var(--ink); opacity: .4; }
@media (max-width: 960px) {
  .heads { display: none; }
  .claim > summary { grid-template-columns: minmax(0, 1fr); }
  .cell { padding-left: 12px; }
  .cell .under { display: inline-block; min-width: 6rem; color: var(--soft); }
  .cell.notClaimed { display: none; }
  .part { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 520px) {
  .evidence { padding-left: 4px; }
  .evidence article { padding: 10px; }
  .part dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .part dd { margin-bottom: 4px; }
}
`;
