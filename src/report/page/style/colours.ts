/** Colours by their use. Text has a contrast of at least 4.5 on what it stands on, in both themes. */
export const colours = `
:root { color-scheme: light; --ink: #1b2129; --soft: #566070; --line: #dfe3e8; --tint: #f4f6f8; --paper: #fff; \
--accent: #0b5c92; --stands: #00755a; --falls: #b03f06; --short: #8a5a00; --open: #5f6874; --warn: #fff6e3; \
--edge: #d09000; --band: #0b5c9233; }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ink: #e7eaee; --soft: #a9b2be; --line: #343b45; --tint: #1e242b; --paper: #14181d; \
--accent: #6cb6ee; --stands: #3cc39a; --falls: #f58b57; --short: #e0ab45; --open: #a3acb8; --warn: #3a2f15; \
--edge: #d09000; --band: #6cb6ee40; }
  .drawing svg { filter: invert(1) hue-rotate(180deg); }
  .drawing svg > rect[fill="#ffffff"] { fill: none; }
}
`;
