// Runs before anything is drawn, so that what index.html shows at first is of the page that the address means, in the
// colours that were chosen. A plain script: modules run later.
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
