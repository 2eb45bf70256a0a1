// The blocks (街区) of the towns whose door plates show them, in the layout of the ministry's position reference
// information (国土交通省 位置参照情報, 街区レベル), CP932.

import { encode_cp932 } from './cp932.mjs';
import { inside_district, to_lonlat } from './land.mjs';
import { k_municipalities, k_prefecture } from './names.mjs';
import { stream } from './random.mjs';

const k_header = ['都道府県名', '市区町村名', '大字・丁目名', '小字・通称名', '街区符号・地番', '座標系番号', 'Ｘ座標', 'Ｙ座標', '緯度',
  '経度', '住居表示フラグ', '代表フラグ', '更新前履歴フラグ', '更新後履歴フラグ'];
const k_most = 14;
const k_golden_angle = Math.PI * (3 - Math.sqrt(5));

/** The city shows blocks where a town is counted in 丁目; elsewhere, and in the small town, addresses are lots (番地). */
export function shows_blocks(town) {
  return town.municipality === '99201' && town.number > 0;
}

/** The blocks of a town: their numbers and points in kilometres, spread over the town from its middle outwards. */
export function blocks_of(town) {
  if (!shows_blocks(town)) return [];
  const chance = stream(`blocks ${town.name}`);
  const turn = chance.between(0, 2 * Math.PI);
  return Array.from({ length: k_most }, (_, i) => {
    const radius = town.reach * 0.85 * Math.sqrt((i + 0.5) / k_most);
    const angle = turn + i * k_golden_angle;
    return { number: i + 1, at: [town.at[0] + radius * Math.cos(angle), town.at[1] + radius * Math.sin(angle)] };
  });
}

/** The number of the block that a point of the town lies nearest to; 0 where the town has none. */
export function nearest_block(town, [x, y]) {
  let nearest = { number: 0, distance: Infinity };
  for (const { number, at } of blocks_of(town)) {
    const distance = Math.hypot(at[0] - x, at[1] - y);
    if (distance < nearest.distance) nearest = { number, distance };
  }
  return nearest.number;
}

/** The file of one municipality: {rows, bytes}. */
export function make_block_file(land, towns, municipality) {
  const { name, county } = k_municipalities[municipality];
  const rows = towns.filter((town) => town.municipality === municipality).flatMap((town) => {
    const district = land.find((candidate) => candidate.id === town.district);
    return blocks_of(town).map(({ number, at }) => {
      if (!inside_district(at, district)) throw new Error(`block ${number} of ${town.name} lies outside its district`);
      const [lon, lat] = to_lonlat(at);
      // The plane coordinates (平面直角座標) mean nothing on a sea without a zone; readers take the degrees.
      return [k_prefecture, `${county}${name}`, town.name, '', number, 9, '0.0', '0.0', lat.toFixed(6), lon.toFixed(6), 1, 1, 0, 0];
    });
  });
  const quoted = [k_header, ...rows].map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`);
  return { rows: rows.length, bytes: encode_cp932(quoted.join('')) };
}
