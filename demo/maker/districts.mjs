// The middle-school districts in the layout of NLNI A32 of 2013: a feature a polygon, one feature a line.

import { crossings, to_lonlat } from './land.mjs';
import { k_municipalities } from './names.mjs';

/** The island whose ring is left broken on purpose. */
const k_broken_island = '双子島（東）';

/** Two neighbouring vertices change places: the ring crosses itself once and can be mended. */
function cross_once(ring) {
  for (let at = 1; at + 2 < ring.length; at += 1) {
    const broken = [...ring];
    [broken[at], broken[at + 1]] = [broken[at + 1], broken[at]];
    if (crossings(broken).length === 1) return broken;
  }
  throw new Error('no pair of vertices whose exchange crosses the ring once');
}

function feature(district, ring) {
  const { name } = k_municipalities[district.municipality];
  const properties = {
    A32_001: district.municipality, A32_002: name, A32_003: district.school,
    A32_004: `${district.municipality}_${name}_${district.school}.csv`, A32_005: '2', A32_006: '1',
  };
  const written = Object.entries(properties).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ');
  // Boundary files of the edition wind their outer rings clockwise.
  const points = [...ring].reverse().map(to_lonlat).map(([lon, lat]) => `[ ${lon}, ${lat} ]`).join(', ');
  return `{ "type": "Feature", "properties": { ${written} }, "geometry": { "type": "Polygon", "coordinates": [ [ ${points} ] ] } }`;
}

export function make_district_file(land, faults) {
  const features = [];
  for (const district of land) {
    features.push(feature(district, district.mainland));
    for (const island of district.islands) {
      const broken = island.name === k_broken_island;
      if (broken) faults.note('districts', '自分と交わる環', 'a ring that crosses itself');
      features.push(feature(district, broken ? cross_once(island.ring) : island.ring));
    }
  }
  faults.note('districts', '２校の区域が重なる選択区域', 'two districts overlap in a choice zone');
  const crs = '"crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } }';
  return `{\n"type": "FeatureCollection",\n"name": "潮見野市と沖ノ浜町（架空）の中学校区",\n${crs},\n\n"features": [\n${features.join(',\n')}\n]\n}\n`;
}
