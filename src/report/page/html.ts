/** Markup that is safe to put into a page as it is. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, lists are joined, undefined and false are nothing. */
export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text with the characters that mean something in HTML replaced, for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Declares markup of our own making safe; never for text that came from data. */
export const trusted = (markup: string): Html => ({ markup });

/**
 * Template tag: the literal parts are markup, every value between them is escaped unless it is {@link Html} itself;
 * lists are joined, undefined and false are nothing.
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return trusted(literals.reduce((page, literal, i) => page + markupOf(values[i - 1]) + literal));
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(markupOf).join('');
}
