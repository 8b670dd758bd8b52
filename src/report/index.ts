export * from './page/build-report.js';
