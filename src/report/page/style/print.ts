/**
 * On A4: everything is open but ids and raw values, which are for programs; nothing is cut where it need not be.
 */
export const print = `
@page { size: A4; margin: 14mm; }
@media print {
  body { font-size: 9.5pt; }
  .contents, .raw, .file, .fold[id$=".tasks"] { display: none; }
  .page { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .claim > summary::before { display: none; }
  .claim > summary { padding-left: 4px; }
  .evidence { padding-left: 4px; }
  .head { display: block; }
  .key { margin: 8px 0; max-width: 420px; }
  .overview { grid-template-columns: minmax(0, 1fr); }
  .figures { grid-template-columns: 1fr 1fr; gap: 14px; }
  .part { grid-template-columns: minmax(0, 1fr) 260px; }
  figure, .evidence article, .way, tr, .disagreements article, .claim > summary { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  section { margin-top: 18px; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
}
`;
