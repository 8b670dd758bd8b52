import { expect, it } from 'vitest';
import { escapeHtml, html, trusted } from './html.js';

it('escapes all five characters that mean something in HTML', () => {
  expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
  );
});

it('escapes values once and keeps markup as it is, in lists as well', () => {
  const items = ['<script>', 'b & c'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}</ul>${trusted('<hr>')}`.markup).toBe(
    '<ul><li>&lt;script&gt;</li><li>b &amp; c</li></ul><hr>',
  );
});

it('writes numbers, zero too, and leaves out undefined and false', () => {
  expect(html`${0} ${1.5}|${undefined}|${false}`.markup).toBe('0 1.5||');
});
