/** A section: its head, its numbers, and what is folded. */
export const sections = `
section { border-top: 2px solid var(--line); margin-top: 44px; padding-top: 22px; }
.head { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 600px); grid-template-rows: auto 1fr; \
gap: 8px 36px; }
.question { font-size: 1.1rem; color: var(--soft); margin: 0; }
.key { grid-column: 2; grid-row: 1 / 3; margin: 0; }
.key.idle { align-self: start; padding: 18px 22px; border: 1px dashed var(--line); border-radius: 10px; \
color: var(--soft); }
.ways { font-size: .88rem; line-height: 1.42; }
.ways dt { font-weight: 600; }
.ways dd { margin-bottom: 6px; }
figure { margin: 0; }
figcaption { color: var(--soft); font-size: .86rem; line-height: 1.4; margin-top: 2px; }
.drawing svg { display: block; width: 100%; height: auto; }
svg text { font-family: inherit; }
.drawing svg.narrow { display: none; }
.pending { margin: 0; padding: 60px 0; text-align: center; color: var(--soft); background: var(--tint); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); gap: 26px 40px; \
margin: 12px 0; }
.values { width: auto; min-width: min(100%, 40rem); }
.values caption { text-align: left; font-weight: 600; padding: 14px 0 2px; }
.values small { color: var(--soft); }
.values td small, .values tbody:not(.group) th small { display: block; font-weight: 400; line-height: 1.3; }
.values tbody th { font-weight: 400; }
.values tbody th[scope=rowgroup] { font-weight: 600; padding-top: 12px; }
.values .group th[scope=row] { padding-left: 16px; }
.values td, .values thead th:not(:first-child) { text-align: right; padding: 5px 0 5px 22px; }
.values.words td, .values.words thead th:not(:first-child) { text-align: left; }
.values .difference { color: var(--soft); font-size: .86em; white-space: nowrap; }
.reading { margin: 10px 0 0; color: var(--soft); font-size: .88rem; max-width: 60rem; }
.folds { margin-top: 18px; border-top: 1px solid var(--line); }
.fold { border-bottom: 1px solid var(--line); }
.fold > summary { padding: 8px 4px; color: var(--accent); }
.fold > summary small { color: var(--soft); }
.fold[open] { padding-bottom: 14px; }
.way { border-left: 3px solid var(--line); padding-left: 16px; margin: 10px 0; font-size: .9rem; max-width: 70rem; }
.way h3 { margin-top: 0; }
.way ul { margin: 0 0 8px; padding-left: 18px; }
.caution { background: var(--warn); border-left: 4px solid var(--edge); padding: 4px 10px; }
.disagreements { columns: 2 26rem; column-gap: 14px; font-size: .9rem; margin-top: 10px; }
.disagreements article { background: var(--tint); border-radius: 10px; padding: 12px 16px; margin-bottom: 12px; \
break-inside: avoid; }
.disagreements h3 { margin-top: 0; }
.disagreements h3 span { color: var(--accent); }
.disagreements dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; }
.disagreements dt { font-weight: 600; }
.disagreements p { margin: 8px 0 0; }
.disagreements .measured { color: var(--soft); }
@media (max-width: 1050px) {
  section { display: flex; flex-direction: column; }
  .head { display: contents; }
  .key { margin: 14px 0 0; }
  .ways { order: 1; margin-top: 14px; }
  .ways ~ *, .folds { order: 2; }
}
@media (max-width: 520px) {
  .drawing svg.wide { display: none; }
  .drawing svg.narrow { display: block; }
  .values { min-width: 0; }
  .values td, .values thead th:not(:first-child) { padding-left: 10px; }
}
`;
