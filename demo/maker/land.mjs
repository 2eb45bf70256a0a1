// The lie of the land: a planar graph of borders in kilometres east and north of a point in the open Pacific, and the
// districts as rings over its edges. Neighbours run over the very same vertices, so the districts tile the land exactly.

import { stream } from './random.mjs';

const k_origin = { lon: 137.05, lat: 33.05 };
const k_km_per_degree_lat = 110.92;
const k_km_per_degree_lon = 93.32; // at 33.15 N

/** Kilometres to degrees, rounded as published boundary files are. */
export function to_lonlat([x, y]) {
  return [
    Number((k_origin.lon + x / k_km_per_degree_lon).toFixed(6)),
    Number((k_origin.lat + y / k_km_per_degree_lat).toFixed(6)),
  ];
}

export function to_km([lon, lat]) {
  return [(lon - k_origin.lon) * k_km_per_degree_lon, (lat - k_origin.lat) * k_km_per_degree_lat];
}

/** Where borders meet. c: on the coast, r: on the ridge or at the outer limit, the rest inland. */
const k_nodes = {
  c0: [1.0, 8.4], c1: [4.7, 6.5], c2: [8.2, 6.1], c3: [12.3, 6.5], c4: [14.3, 5.3], c5: [19.7, 6.2], c6: [23.3, 5.5],
  c7: [27.1, 6.6],
  west: [0.9, 12.0], north_west: [1.4, 19.3], ridge: [19.3, 20.7], north_east: [26.5, 17.3], east: [27.3, 11.0],
  a: [5.1, 9.5], b: [8.2, 8.9], b2: [9.1, 9.7], d: [12.5, 9.1], e: [14.3, 8.7], f: [15.7, 8.2], g: [19.1, 9.6],
  h: [5.4, 12.6], k: [9.2, 13.1], l: [12.9, 12.7], m: [19.2, 13.5], o: [23.1, 10.1],
  z1: [13.15, 11.7], z2: [13.9, 9.95],
};

/** from, to, bends between, and how wild the line is: coast, ridge, river or street. */
const k_edges = {
  coast_minamihama: ['c0', 'c1', [[1.7, 7.2], [2.9, 7.3], [3.7, 6.4]], 'coast'],
  coast_matsubara: ['c1', 'c2', [[5.8, 5.8], [7.1, 5.7]], 'beach'],
  coast_minato: ['c2', 'c3', [[8.7, 6.3], [9.1, 7.5], [9.9, 7.9], [10.9, 7.8], [11.4, 7.2], [11.5, 6.4]], 'quay'],
  coast_shioya: ['c3', 'c4', [[13.2, 6.2]], 'beach'],
  coast_todai: ['c4', 'c5', [[14.8, 4.4], [15.5, 3.2], [16.5, 2.3], [17.3, 2.5], [17.2, 3.7], [17.7, 4.9], [18.6, 5.9]], 'coast'],
  coast_isobe: ['c5', 'c6', [[20.6, 6.8], [21.7, 6.7], [22.6, 5.8]], 'coast'],
  coast_okinohama: ['c6', 'c7', [[24.0, 4.8], [24.7, 5.0], [25.0, 5.9], [25.7, 6.0], [26.3, 5.4]], 'coast'],
  limit_minamihama: ['west', 'c0', [[0.6, 10.3]], 'ridge'],
  limit_kitayama: ['north_west', 'west', [[0.7, 17.4], [1.6, 15.4], [0.6, 13.8]], 'ridge'],
  ridge_kitayama: ['ridge', 'north_west', [[17.1, 21.3], [14.2, 20.2], [11.6, 21.2], [8.4, 20.4], [5.6, 21.0], [3.2, 19.9]], 'ridge'],
  ridge_isobe: ['north_east', 'ridge', [[24.7, 18.6], [22.3, 18.8], [20.6, 20.2]], 'ridge'],
  limit_isobe: ['east', 'north_east', [[27.7, 13.1], [27.0, 15.2]], 'ridge'],
  limit_okinohama: ['c7', 'east', [[27.6, 8.8]], 'ridge'],
  minamihama_matsubara: ['c1', 'a', [[4.5, 8.0]], 'street'],
  matsubara_minato: ['c2', 'b', [[8.0, 7.6]], 'street'],
  minato_shioya: ['c3', 'd', [[12.2, 7.9]], 'street'],
  shioya_todai: ['c4', 'f', [[14.8, 6.6]], 'street'],
  todai_isobe: ['c5', 'g', [[19.1, 7.9]], 'ridge'],
  isobe_okinohama: ['c6', 'o', [[23.6, 7.8]], 'river'],
  okinohama_inland: ['o', 'east', [[25.2, 10.9]], 'ridge'],
  matsubara_shirube: ['a', 'b', [[6.6, 9.0]], 'street'],
  minamihama_shirube: ['a', 'h', [[4.8, 11.0]], 'ridge'],
  minato_shirube: ['b', 'b2', [], 'river'],
  minato_shioji: ['b2', 'd', [[10.8, 9.5]], 'street'],
  shirube_shioji: ['b2', 'k', [[8.8, 11.4], [9.25, 12.5]], 'river'],
  shioya_shioji: ['d', 'e', [[13.4, 8.7]], 'street'],
  shioya_wakaba: ['e', 'f', [], 'street'],
  todai_wakaba: ['f', 'g', [[17.4, 9.1]], 'ridge'],
  shioji_wakaba_south: ['e', 'z2', [], 'street'],
  choice_zone_west: ['z2', 'z1', [[13.05, 10.7]], 'street'],
  choice_zone_east: ['z2', 'z1', [[14.15, 10.95]], 'street'],
  shioji_wakaba_north: ['z1', 'l', [], 'street'],
  wakaba_isobe: ['g', 'm', [[19.6, 11.6]], 'ridge'],
  minamihama_kitayama: ['west', 'h', [[2.4, 11.6], [3.9, 12.6]], 'ridge'],
  shirube_kitayama: ['h', 'k', [[7.2, 12.5], [8.4, 13.0]], 'ridge'],
  shioji_kitayama: ['k', 'l', [[11.1, 13.5]], 'ridge'],
  wakaba_kitayama: ['l', 'm', [[15.0, 13.0], [17.2, 14.0]], 'ridge'],
  kitayama_isobe: ['m', 'ridge', [[18.5, 15.6], [19.9, 17.6], [18.8, 19.2]], 'ridge'],
};

/** The eleven districts: the school, its municipality and its mainland ring, edge by edge ('-' walks an edge back). */
export const k_districts = [
  { id: 'minamihama', school: '南浜中学校', municipality: '99201',
    ring: ['coast_minamihama', 'minamihama_matsubara', 'minamihama_shirube', '-minamihama_kitayama', 'limit_minamihama'] },
  { id: 'matsubara', school: '松原中学校', municipality: '99201',
    ring: ['coast_matsubara', 'matsubara_minato', '-matsubara_shirube', '-minamihama_matsubara'] },
  { id: 'minato', school: 'みなと中学校', municipality: '99201',
    ring: ['coast_minato', 'minato_shioya', '-minato_shioji', '-minato_shirube', '-matsubara_minato'] },
  { id: 'shioya', school: '塩屋中学校（休校）', municipality: '99201',
    ring: ['coast_shioya', 'shioya_todai', '-shioya_wakaba', '-shioya_shioji', '-minato_shioya'] },
  { id: 'todai', school: '灯台下中学校', municipality: '99201',
    ring: ['coast_todai', 'todai_isobe', '-todai_wakaba', '-shioya_todai'] },
  { id: 'shirube', school: '標川中学校', municipality: '99201',
    ring: ['matsubara_shirube', 'minato_shirube', 'shirube_shioji', '-shirube_kitayama', '-minamihama_shirube'] },
  { id: 'shioji', school: '汐路中学校', municipality: '99201',
    ring: ['minato_shioji', 'shioya_shioji', 'shioji_wakaba_south', 'choice_zone_east', 'shioji_wakaba_north',
      '-shioji_kitayama', '-shirube_shioji'] },
  { id: 'wakaba', school: '若葉台中学校', municipality: '99201',
    ring: ['shioya_wakaba', 'todai_wakaba', 'wakaba_isobe', '-wakaba_kitayama', '-shioji_wakaba_north',
      '-choice_zone_west', '-shioji_wakaba_south'] },
  { id: 'kitayama', school: '北山中学校', municipality: '99201',
    ring: ['minamihama_kitayama', 'shirube_kitayama', 'shioji_kitayama', 'wakaba_kitayama', 'kitayama_isobe',
      'ridge_kitayama', 'limit_kitayama'] },
  { id: 'isobe', school: '磯辺中学校', municipality: '99341',
    ring: ['coast_isobe', 'isobe_okinohama', 'okinohama_inland', 'limit_isobe', 'ridge_isobe', '-kitayama_isobe',
      '-wakaba_isobe', '-todai_isobe'] },
  { id: 'okinohama', school: '沖ノ浜中学校', municipality: '99341',
    ring: ['coast_okinohama', 'limit_okinohama', '-okinohama_inland', '-isobe_okinohama'] },
];

/** Islands: their district, centre and radii in kilometres. */
const k_islands = [
  { district: 'minamihama', name: '小島', at: [3.0, 4.6], radii: [0.75, 0.5] },
  { district: 'minamihama', name: '小島の離れ', at: [2.0, 4.1], radii: [0.26, 0.2] },
  { district: 'todai', name: '双子島（西）', at: [14.6, 1.5], radii: [0.5, 0.38] },
  { district: 'todai', name: '双子島（東）', at: [18.4, 1.5], radii: [0.42, 0.34] },
  { district: 'okinohama', name: '沖島', at: [24.9, 2.6], radii: [0.95, 0.6] },
];

/** How far a line strays from its chord (as a share of it) and the longest step it keeps, in kilometres. */
const k_wildness = {
  coast: [0.2, 0.26], beach: [0.07, 0.3], quay: [0.06, 0.22], ridge: [0.2, 0.5], river: [0.2, 0.3], street: [0.09, 0.32],
};

/** Midpoint displacement between fixed points: the middle of each piece strays sideways, and so on downwards. */
function wander(points, kind, chance) {
  const [stray, step] = k_wildness[kind];
  const line = [points[0]];
  const walk = (from, to) => {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    if (Math.hypot(dx, dy) <= step) {
      line.push(to);
      return;
    }
    const by = chance.between(-stray, stray);
    const at = chance.between(0.42, 0.58);
    const middle = [from[0] + dx * at - dy * by, from[1] + dy * at + dx * by];
    walk(from, middle);
    walk(middle, to);
  };
  for (let i = 1; i < points.length; i += 1) walk(points[i - 1], points[i]);
  return line;
}

function make_edges() {
  const lines = {};
  for (const [name, [from, to, bends, kind]] of Object.entries(k_edges)) {
    lines[name] = wander([k_nodes[from], ...bends, k_nodes[to]], kind, stream(`edge ${name}`));
  }
  return lines;
}

function make_island({ name, at, radii }) {
  const chance = stream(`island ${name}`);
  const count = Math.max(20, Math.round(26 * radii[0] + 12));
  const ring = [];
  for (let i = 0; i < count; i += 1) {
    const angle = (2 * Math.PI * i) / count;
    const reach = chance.between(0.78, 1.12);
    ring.push([at[0] + radii[0] * reach * Math.cos(angle), at[1] + radii[1] * reach * Math.sin(angle)]);
  }
  return [...ring, ring[0]];
}

/** Where segments of a closed ring meet elsewhere than at a shared end: the starts of the later ones. */
export function crossings(ring) {
  const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const count = ring.length - 1;
  const found = [];
  for (let i = 0; i < count; i += 1) {
    for (let j = i + 2; j < count; j += 1) {
      if (i === 0 && j === count - 1) continue;
      const [a, b, c, d] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
      if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) found.push(c);
    }
  }
  return found;
}

/** Each district with its rings in kilometres: the mainland first, then its islands. Rings are closed, anticlockwise. */
export function make_land() {
  const lines = make_edges();
  return k_districts.map((district) => {
    const ring = [];
    for (const step of district.ring) {
      const line = step.startsWith('-') ? [...lines[step.slice(1)]].reverse() : lines[step];
      const joint = ring.at(-1);
      if (joint && (joint[0] !== line[0][0] || joint[1] !== line[0][1])) {
        throw new Error(`${district.id}: ${step} does not begin where the border before it ends`);
      }
      ring.push(...(joint ? line.slice(1) : line));
    }
    const faults = crossings(ring);
    if (faults.length > 0) throw new Error(`${district.id}: the border crosses itself near km ${faults.join(' / ')}`);
    const islands = k_islands.filter((island) => island.district === district.id)
      .map((island) => ({ name: island.name, ring: make_island(island) }));
    return { ...district, mainland: ring, islands };
  });
}

/** Whether a point in kilometres lies inside a closed ring (even-odd). */
export function inside_ring([x, y], ring) {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

export function inside_district(point, district) {
  return [district.mainland, ...district.islands.map((island) => island.ring)].some((ring) => inside_ring(point, ring));
}

/** Every district that holds a point: none at sea, two in the choice zone. */
export function districts_at(point, land) {
  return land.filter((district) => inside_district(point, district));
}

/** Kilometres from a point to the nearest border of a district. */
export function distance_to_border([x, y], district) {
  let best = Infinity;
  for (const ring of [district.mainland, ...district.islands.map((island) => island.ring)]) {
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay] = ring[i - 1];
      const [dx, dy] = [ring[i][0] - ax, ring[i][1] - ay];
      const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
    }
  }
  return best;
}
