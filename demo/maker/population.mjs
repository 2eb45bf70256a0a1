// People on the 250 m census mesh, in the layout of e-Stat's table T001142 (CP932, two header rows, suppressed cells).

import { districts_at, inside_ring, to_km } from './land.mjs';
import { encode_cp932 } from './cp932.mjs';
import { stream } from './random.mjs';

/** Where people live: place in kilometres, spread, people per km² at the middle, share of children, share of over-64s. */
const k_centres = [
  [[10.8, 10.8], 1.15, 6200, 0.115, 0.24], // about the station
  [[9.9, 8.8], 0.85, 4600, 0.085, 0.36], // the old port
  [[11.4, 8.3], 0.6, 2600, 0.09, 0.34],
  [[7.2, 11.0], 1.1, 3500, 0.15, 0.22], // new houses by the river
  [[15.9, 10.9], 0.85, 4700, 0.185, 0.15], // the new town
  [[13.6, 10.8], 0.6, 1900, 0.165, 0.2], // the choice zone between them
  [[17.6, 11.2], 0.6, 2400, 0.16, 0.18],
  [[6.3, 7.6], 0.9, 2200, 0.12, 0.28],
  [[3.1, 8.5], 0.7, 1700, 0.09, 0.38],
  [[13.5, 7.2], 0.6, 1400, 0.05, 0.45],
  [[16.7, 6.3], 0.75, 1500, 0.1, 0.33],
  [[16.5, 3.9], 0.35, 700, 0.07, 0.42],
  [[9.8, 15.4], 0.45, 640, 0.06, 0.46], // hamlets in the mountains
  [[7.6, 17.2], 0.35, 420, 0.05, 0.5],
  [[12.6, 16.6], 0.35, 420, 0.07, 0.47],
  [[4.0, 14.6], 0.3, 360, 0.05, 0.5],
  [[16.8, 15.9], 0.3, 360, 0.06, 0.48],
  [[6.2, 19.0], 0.25, 260, 0.03, 0.58],
  [[14.6, 18.3], 0.22, 240, 0.03, 0.56],
  [[2.8, 17.2], 0.22, 220, 0.04, 0.57],
  [[3.0, 4.6], 0.3, 800, 0.06, 0.5], // islands
  [[14.6, 1.5], 0.2, 460, 0.02, 0.6],
  [[24.9, 2.6], 0.35, 800, 0.08, 0.46],
  [[21.2, 8.3], 0.85, 1700, 0.12, 0.31], // the small town next door
  [[25.0, 7.5], 0.9, 2300, 0.105, 0.34],
  [[22.6, 12.4], 0.35, 260, 0.08, 0.42],
  [[25.4, 13.6], 0.25, 130, 0.05, 0.5],
];

/** Roads up the valleys: a few houses stand along them. */
const k_roads = [
  [[10.6, 11.0], [9.8, 13.4], [9.8, 15.4], [7.6, 17.2], [6.2, 19.0]],
  [[9.8, 15.4], [12.6, 16.6], [14.6, 18.3]],
  [[16.2, 12.0], [16.8, 15.9]],
  [[6.8, 11.0], [4.0, 14.6], [2.8, 17.2]],
  [[21.2, 8.3], [22.6, 12.4], [25.4, 13.6]],
  [[22.6, 12.4], [22.0, 16.0]],
  [[1.5, 8.6], [5.6, 7.6], [9.0, 8.4], [13.5, 7.3], [16.7, 6.3], [21.2, 8.0], [26.5, 7.2]],
];

const k_cell_lat = 7.5 / 3600;
const k_cell_lon = 11.25 / 3600;
const k_cell_km2 = 0.0674; // at 33.15 N
/** Brings the whole to some 45,000 people. */
const k_scale = 0.5;
/** Fewer people than this and a cell's details are hidden and added to a neighbour's. */
const k_suppressed_below = 10;

/** JIS X 0410: ten digits for the 250 m cell whose south-west corner is `row` and `column` cells from 0 N, 100 E. */
export function mesh_code(row, column) {
  const digit = (n, per) => Math.floor(n / per);
  const [p, u] = [digit(row, 320), digit(column, 320)];
  const [q, v] = [digit(row % 320, 40), digit(column % 320, 40)];
  const [r, w] = [digit(row % 40, 4), digit(column % 40, 4)];
  const half = 1 + digit(row % 4, 2) * 2 + digit(column % 4, 2);
  const quarter = 1 + (row % 2) * 2 + (column % 2);
  return `${p}${u}${q}${v}${r}${w}${half}${quarter}`;
}

function distance_to_line([x, y], line) {
  let best = Infinity;
  for (let i = 1; i < line.length; i += 1) {
    const [ax, ay] = line[i - 1];
    const [dx, dy] = [line[i][0] - ax, line[i][1] - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return best;
}

/** People per km², and the shares of children and of the old, at a point on land. */
function living_at([x, y]) {
  let density = 0;
  let children = 0;
  let old = 0;
  const add = (people, child_share, old_share) => {
    density += people;
    children += people * child_share;
    old += people * old_share;
  };
  for (const [[cx, cy], spread, peak, child_share, old_share] of k_centres) {
    const squared = ((x - cx) ** 2 + (y - cy) ** 2) / spread ** 2;
    if (squared < 8) add(peak * Math.exp(-squared), child_share, old_share);
  }
  const road = Math.min(...k_roads.map((line) => distance_to_line([x, y], line)));
  if (road < 0.3) add(34, 0.07, 0.42);
  return { density, child_share: children / (density || 1), old_share: old / (density || 1) };
}

/** The part of a cell that is land, by its sixteen sub-points. */
function land_share(west, south, land) {
  let hits = 0;
  for (let i = 0; i < 16; i += 1) {
    const point = to_km([west + (((i % 4) + 0.5) / 4) * k_cell_lon, south + ((Math.floor(i / 4) + 0.5) / 4) * k_cell_lat]);
    if (districts_at(point, land).length > 0) hits += 1;
  }
  return hits / 16;
}

/** `total` split by `share`, with a little chance, between 0 and `total`. */
function part(total, share, chance) {
  const deviation = Math.sqrt(total * share * (1 - share));
  return Math.max(0, Math.min(total, Math.round(total * share + deviation * chance.normal())));
}

/** The men of a group inside a larger one, in the larger one's proportion; never more than there are, nor too few. */
function men_within(people, larger, men_of_larger) {
  const least = Math.max(0, people - (larger - men_of_larger));
  return Math.min(men_of_larger, people, Math.max(least, Math.round((people * men_of_larger) / (larger || 1))));
}

/** Everybody of a cell by age and sex in the columns' order: every figure is a part of those it belongs to. */
function inhabitants(total, living, chance) {
  const under15 = part(total, living.child_share, chance);
  const over14 = total - under15;
  const over64 = part(over14, Math.min(1, living.old_share / (1 - living.child_share)), chance);
  const working = over14 - over64;
  const over17 = over14 - part(working, 0.05, chance);
  const over19 = over17 - part(over17 - over64, 0.035, chance);
  const over74 = part(over64, 0.53, chance);
  const over84 = part(over74, 0.34, chance);
  const over94 = part(over84, 0.09, chance);
  const foreign = part(total, 0.016, chance);

  // Men are counted first in the groups that exclude each other, then in the groups within them.
  const men_under15 = part(under15, 0.512, chance);
  const men_working = part(working, 0.5, chance);
  const men_over64 = part(over64, 0.44, chance);
  const men = men_under15 + men_working + men_over64;
  const men_15_to_19 = men_within(over14 - over19, working, men_working);
  const men_15_to_17 = men_within(over14 - over17, over14 - over19, men_15_to_19);
  const men_over74 = men_within(over74, over64, men_over64);
  const men_over84 = men_within(over84, over74, men_over74);
  const men_over94 = men_within(over94, over84, men_over84);
  const groups = [
    [total, men], [under15, men_under15], [over14, men - men_under15], [working, men_working],
    [over17, men - men_under15 - men_15_to_17], [over19, men - men_under15 - men_15_to_19], [over64, men_over64],
    [over74, men_over74], [over84, men_over84], [over94, men_over94], [foreign, men_within(foreign, total, men)],
  ];
  const households = Math.max(1, Math.round(total / chance.between(1.9, 2.7)));
  return [...groups.flatMap(([people, males]) => [people, males, people - males]), households];
}

/** Every inhabited cell in the order of its code. */
export function make_cells(land) {
  const cells = [];
  const first_row = Math.floor(33.05 / k_cell_lat);
  const first_column = Math.floor((137.04 - 100) / k_cell_lon);
  for (let row = first_row; row < first_row + 98; row += 1) {
    for (let column = first_column; column < first_column + 104; column += 1) {
      const [west, south] = [100 + column * k_cell_lon, row * k_cell_lat];
      const middle = to_km([west + k_cell_lon / 2, south + k_cell_lat / 2]);
      const at = districts_at(middle, land);
      if (at.length === 0) continue;
      const code = mesh_code(row, column);
      const chance = stream(`cell ${code}`);
      const living = living_at(middle);
      const built = k_scale * (0.35 + 1.3 * chance.next() ** 1.2);
      const expected = living.density * k_cell_km2 * built * land_share(west, south, land);
      // Where few live they live together: most thin cells are empty, some hold what several would.
      const lived_in = Math.min(1, Math.max(0.2, expected / 14));
      const total = chance.next() < lived_in ? Math.round(expected / lived_in) : 0;
      if (total < 1) continue;
      cells.push({ code, middle, district: at[0].id, in_choice_zone: at.length > 1, municipality: at[0].municipality,
        island: !inside_ring(middle, at[0].mainland), figures: inhabitants(total, living, chance), sources: [], host: null });
    }
  }
  cells.sort((a, b) => (a.code < b.code ? -1 : 1));
  return cells;
}

/** Hides small cells and adds their details to the nearest open cell of their municipality. */
function suppress(cells) {
  for (const cell of cells) {
    if (cell.figures[0] >= k_suppressed_below) continue;
    let best = Infinity;
    for (const other of cells) {
      if (other.figures[0] < k_suppressed_below || other.municipality !== cell.municipality) continue;
      const distance = Math.hypot(other.middle[0] - cell.middle[0], other.middle[1] - cell.middle[1]);
      if (distance < best) [best, cell.host] = [distance, other];
    }
    cell.host.sources.push(cell.code);
  }
}

const k_groups = ['０～１４歳人口', '１５歳以上人口', '１５～６４歳人口', '１８歳以上人口', '２０歳以上人口', '６５歳以上人口',
  '７５歳以上人口', '８５歳以上人口', '９５歳以上人口', '外国人人口'];

/** The table as CP932 bytes: one header row of codes, one of labels, a row a cell. */
export function make_population_file(cells, faults) {
  suppress(cells);
  const by_code = new Map(cells.map((cell) => [cell.code, cell]));
  const labels = ['　人口（総数）', '　人口（総数）　男', '　人口（総数）　女'];
  for (const group of k_groups) labels.push(`　${group}　総数`, `　${group}　男`, `　${group}　女`);
  labels.push('　世帯総数');
  const codes = labels.map((_, i) => `T001142${String(i + 1).padStart(3, '0')}`);
  const lines = [['KEY_CODE', 'HTKSYORI', 'HTKSAKI', 'GASSAN', ...codes], ['', '', '', '', ...labels]];
  // Totals by sex and households are always published; the rest of a small cell moves to its neighbour.
  const published = (i) => i < 3 || i === labels.length - 1;
  for (const cell of cells) {
    if (cell.host) {
      faults.note('population', '秘匿されたメッシュ（HTKSYORI=2、値は *）', 'suppressed cells (HTKSYORI=2, values *)');
      lines.push([cell.code, '2', cell.host.code, '', ...cell.figures.map((n, i) => (published(i) ? n : '*'))]);
      continue;
    }
    const sums = cell.figures.map((n, i) => n + (published(i) ? 0
      : cell.sources.reduce((total, code) => total + by_code.get(code).figures[i], 0)));
    if (cell.sources.length > 0) {
      faults.note('population', '秘匿分を合算したメッシュ（HTKSYORI=1）', "cells that hold others' details (HTKSYORI=1)");
    }
    lines.push([cell.code, cell.sources.length > 0 ? '1' : '0', '', cell.sources.join(';'), ...sums]);
  }
  return encode_cp932(lines.map((cells_of_line) => `${cells_of_line.join(',')}\r\n`).join(''));
}
