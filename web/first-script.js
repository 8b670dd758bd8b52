// Stands in the head of index.html, so that its first words are of the page that the address means, in the colours that
// were chosen. A file of its own would keep the page waiting for one more answer; below the styles it waits for them.
Object.assign(document.documentElement.dataset, {
  page: /^#\/(play|verify)/.exec(location.hash)?.[1] ?? 'front',
  theme: (() => {
    try {
      return localStorage.getItem('theme') ?? 'system';
    } catch {
      return 'system';
    }
  })(),
});
