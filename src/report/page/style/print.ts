/**
 * On A4: verdicts with their evidence, figures and disagreements are open; what is for programs or for running it again
 * (all numbers, networks, commands, ids, raw values) is left to the screen.
 */
export const print = `
@page { size: A4; margin: 14mm; }
@media print {
  html { font-size: 12px; }
  .contents, .raw, .file, .fold[id$=".tasks"], .fold[id$=".numbers"], .fold[id$=".networks"], \
.fold[id$=".runs"] { display: none; }
  .page { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .heads { display: grid; }
  .claim > summary, .heads { grid-template-columns: var(--columns); padding-left: 4px; }
  .claim > summary::before, .cell .under { display: none; }
  .cell { padding-left: 0; }
  .cell.notClaimed { display: block; }
  .evidence { padding: 0 4px 8px; }
  .evidence article { padding: 6px 12px; }
  .head { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 330px); gap: 4px 20px; }
  section, .overview { display: block; }
  .overview .words { margin-bottom: 14px; }
  .ways { margin-top: 0; }
  .figures { grid-template-columns: 1fr 1fr; gap: 14px; }
  .drawing svg.wide { display: block; }
  .drawing svg.narrow { display: none; }
  .part { grid-template-columns: minmax(0, 1fr) 230px; }
  .part dl { grid-template-columns: 8.5rem minmax(0, 1fr); gap: 2px 8px; }
  figure, .evidence article, tr, .disagreements article, .claim > summary { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  section { margin-top: 18px; }
  .scroll { overflow: visible; }
}
`;
