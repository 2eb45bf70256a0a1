// Areas that are made of middle-school districts: those of the consultation agencies (some merged, as the law allows) and
// the daily-life areas; and the elementary-school districts, each middle-school district in two.

import { csv_line } from './csv.mjs';
import { to_lonlat } from './land.mjs';
import { k_municipalities } from './names.mjs';

const k_header = ['区域コード', '区域名', '市区町村コード', '構成区域の層', '構成区域'];

/** name, schools */
const k_consultation = [
  ['駅前・汐路', ['汐路中学校']],
  ['みなと・塩屋', ['みなと中学校', '塩屋中学校（休校）']],
  ['標川・北山', ['標川中学校', '北山中学校']],
  ['若葉台', ['若葉台中学校']],
  ['松原・南浜', ['松原中学校', '南浜中学校']],
  ['灯台下', ['灯台下中学校']],
];

const k_daily_life = [
  ['中部', ['汐路中学校', 'みなと中学校', '塩屋中学校（休校）']],
  ['西部', ['標川中学校', '松原中学校', '南浜中学校']],
  ['東部', ['若葉台中学校', '灯台下中学校']],
  ['北部', ['北山中学校']],
];

function member_file(prefix, areas) {
  const rows = areas.map(([name, schools], i) => [`${prefix}${i + 1}`, name, '99201', '中学校区', schools.join('、')]);
  return Buffer.from(`\ufeff${[k_header, ...rows].map(csv_line).join('')}`, 'utf8');
}

export const make_consultation_areas = () => member_file('S', k_consultation);
export const make_daily_life_areas = () => member_file('N', k_daily_life);

/** Where a ring crosses the line on which the coordinate `axis` is `at`: edges and points. */
function cuts_of(ring, axis, at) {
  const cuts = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (a[axis] > at === b[axis] > at) continue;
    const t = (at - a[axis]) / (b[axis] - a[axis]);
    cuts.push({ edge: i, point: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t] });
  }
  return cuts;
}

/** A ring in two along a line that crosses it twice: as near to its middle as there is one, across before upright. */
function halves_of(ring) {
  for (const axis of [0, 1]) {
    const values = ring.map((point) => point[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    for (const share of [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.33, 0.67]) {
      const cuts = cuts_of(ring, axis, low + (high - low) * share + 1e-4);
      if (cuts.length !== 2) continue;
      const [first, second] = cuts;
      const one = [first.point, ...ring.slice(first.edge, second.edge), second.point, first.point];
      const other = [second.point, ...ring.slice(second.edge, -1), ...ring.slice(0, first.edge), first.point, second.point];
      return [one, other];
    }
  }
  throw new Error('no line cuts the district in two');
}

const stem_of = (school) => school.replace(/中学校.*$/u, '');

/** The city's elementary schools: name, middle-school district and ring on the mainland, whether islands belong to it. */
export function elementary_districts_of(land) {
  return land.filter(({ municipality }) => municipality === '99201').flatMap((district) => halves_of(district.mainland).map((ring, i) => ({
    name: `${stem_of(district.school)}${i === 0 ? '第一' : '第二'}小学校`, district, ring, has_islands: i === 0,
  })));
}

/** The layout `districts-plain`: code, municipality, name. */
export function make_elementary_districts(land) {
  const features = elementary_districts_of(land).map(({ name, district, ring, has_islands }) => {
    const rings = [ring, ...(has_islands ? district.islands.map((island) => island.ring) : [])];
    const polygons = rings.map((points) => `[ [ ${[...points].map(to_lonlat).map(([lon, lat]) => `[ ${lon}, ${lat} ]`).join(', ')} ] ]`);
    const properties = `"code": "99201", "municipality": "${k_municipalities['99201'].name}", "name": "${name}"`;
    return `{ "type": "Feature", "properties": { ${properties} }, "geometry": { "type": "MultiPolygon", "coordinates": [ ${polygons.join(', ')} ] } }`;
  });
  return `{\n"type": "FeatureCollection",\n"name": "潮見野市（架空）の小学校区",\n\n"features": [\n${features.join(',\n')}\n]\n}\n`;
}
