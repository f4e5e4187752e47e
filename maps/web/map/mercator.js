// Web Mercator, the plane of all maps here and of Python (maps/geometry.py).

export const SPHERE_M = 6378137; // radius
