// The map of a page and what lies on it: Leaflet's map, the cells of the grid, the layers of the backdrop, whether base
// tiles are on, and where marks stand that labels keep clear of.
export const scene = { map: null, cells: null, backdrop: [], tilesOn: false, marked: () => [] };
