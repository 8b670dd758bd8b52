/**
 * Looks of all figures: a light frame, quiet grid, the legend above the data. with at most so many entries in a row.
 */
export const figureTheme = (legendColumns: number): object => ({
  aria: false,
  font: 'DejaVu Sans',
  background: '#ffffff',
  view: { stroke: null },
  title: {
    fontSize: 15,
    fontWeight: 600,
    anchor: 'start',
    offset: 14,
    subtitleFontSize: 12,
    subtitleColor: '#3c434d',
    subtitleLineHeight: 16,
    subtitlePadding: 6,
  },
  axis: {
    gridColor: '#e8eaee',
    domainColor: '#8a919c',
    tickColor: '#8a919c',
    labelColor: '#3c434d',
    titleColor: '#3c434d',
    labelFontSize: 11.5,
    titleFontSize: 12.5,
    titleFontWeight: 'normal',
    titlePadding: 10,
    labelOverlap: 'greedy',
    labelFlush: false,
  },
  axisX: { tickCount: 6 },
  axisY: { tickCount: 6 },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    columns: legendColumns,
    columnPadding: 18,
    labelFontSize: 12,
    labelColor: '#1f2530',
    labelLimit: 0,
    symbolType: 'stroke',
    symbolStrokeWidth: 3,
    symbolSize: 180,
    symbolOpacity: 1,
    offset: 12,
  },
});

/** Room around a drawing: at the right for the half of the last label that stands over the edge. */
export const figurePadding = { left: 5, top: 5, right: 16, bottom: 5 };
