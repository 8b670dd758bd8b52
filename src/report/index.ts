/** The report: results -> tables and figures -> a page, Markdown, CSV. */
export { type DrawnFigure, drawFigure, type FigureRequest } from './drawing/draw-figure.js';
export { buildReport, type ReportFile, type ReportInput } from './page/build-report.js';
