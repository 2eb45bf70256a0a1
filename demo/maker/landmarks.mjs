// What people say where they are by: stations (N02), schools (P29), halls (our own table) and postal codes (KEN_ALL), each
// in the layout of its source. The lines, schools, halls and numbers are invented: Japan Post gives no number above 999-8531.

import { elementary_districts_of } from './areas.mjs';
import { encode_cp932 } from './cp932.mjs';
import { csv_line } from './csv.mjs';
import { distance_to_border, districts_at, inside_ring, to_lonlat } from './land.mjs';
import { full_width, k_municipalities, k_prefecture, with_check_digit } from './names.mjs';
import { stream } from './random.mjs';
import { address_of } from './sites.mjs';

const k_company = '標鉄道';
/** A line, and its stations with where they lie in kilometres. */
const k_lines = [
  ['標海岸線', [['南浜', [3.4, 8.6]], ['松原', [6.3, 8.0]], ['港', [9.5, 9.2]], ['潮見野', [10.82, 10.72]], ['若葉台', [15.6, 10.6]],
    ['磯辺', [21.1, 8.6]], ['沖ノ浜', [24.8, 7.9]]]],
  ['標川線', [['潮見野', [10.83, 10.75]], ['標川', [7.6, 11.1]], ['北山', [9.7, 15.1]]]],
];
const k_platform_km = 0.16;

const one_line = (properties) => Object.entries(properties).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ');

function collection(name, features) {
  return `{\n"type": "FeatureCollection",\n"name": ${JSON.stringify(name)},\n\n"features": [\n${features.join(',\n')}\n]\n}\n`;
}

function platform_of(stations, i) {
  const [name, [x, y]] = stations[i];
  const [from, to] = [stations[Math.max(0, i - 1)][1], stations[Math.min(stations.length - 1, i + 1)][1]];
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [dx, dy] = [((to[0] - from[0]) / length) * (k_platform_km / 2), ((to[1] - from[1]) / length) * (k_platform_km / 2)];
  return { name, ends: [[x - dx, y - dy], [x + dx, y + dy]] };
}

/** N02: a feature a platform of a line: {file, rows, bytes}. */
export function make_stations(land) {
  const features = [];
  for (const [line, stations] of k_lines) {
    stations.forEach((_, i) => {
      const { name, ends } = platform_of(stations, i);
      if (ends.some((end) => districts_at(end, land).length === 0)) throw new Error(`the station ${name} lies at sea`);
      const properties = { N02_001: '12', N02_002: '4', N02_003: line, N02_004: k_company, N02_005: name };
      const points = ends.map(to_lonlat).map(([lon, lat]) => `[ ${lon}, ${lat} ]`).join(', ');
      features.push(`{ "type": "Feature", "properties": { ${one_line(properties)} }, "geometry": { "type": "LineString", "coordinates": [ ${points} ] } }`);
    });
  }
  return { file: 'N02_99_Station.geojson', rows: features.length, bytes: collection('標県（架空）の駅', features) };
}

/** A point inside a ring and its district alone: at a town of it where one lies there, else anywhere. */
function point_in(ring, district, land, towns, find_site, purpose) {
  const fits = (point) => {
    const at = districts_at(point, land);
    return inside_ring(point, ring) && at.length === 1 && at[0].id === district.id && distance_to_border(point, district) > 0.05;
  };
  for (const town of towns.filter((candidate) => candidate.district === district.id && candidate.koaza === '')) {
    const site = find_site(town.name, purpose);
    if (fits(site.point)) return { point: site.point, address: address_of(site, 'formal') };
  }
  const chance = stream(`landmark ${purpose}`);
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const point = [chance.between(Math.min(...xs), Math.max(...xs)), chance.between(Math.min(...ys), Math.max(...ys))];
    if (fits(point)) return { point, address: '' };
  }
  throw new Error(`no room for ${purpose}`);
}

/** P29 of 2021: the schools of the districts, and the two elementary schools of the small town. */
export function make_schools(land, towns, find_site) {
  const schools = [];
  const add = (school_class, name, district, place) => schools.push({ school_class, name, municipality: district.municipality, ...place });
  for (const { name, district, ring } of elementary_districts_of(land)) {
    add('16001', name, district, point_in(ring, district, land, towns, find_site, name));
  }
  for (const district of land.filter(({ municipality }) => municipality === '99341')) {
    const name = district.school.replace('中学校', '小学校');
    add('16001', name, district, point_in(district.mainland, district, land, towns, find_site, name));
  }
  for (const district of land) {
    const stem = district.school.replace(/中学校.*$/u, '');
    const own = towns.filter((town) => town.district === district.id && town.base.includes(stem));
    add('16002', district.school, district, point_in(district.mainland, district, land, [...own, ...towns], find_site, district.school));
  }
  const features = schools.map(({ school_class, name, municipality, point, address }, i) => {
    const [lon, lat] = to_lonlat(point);
    const properties = {
      P29_001: municipality, P29_002: `${school_class === '16001' ? 'B' : 'C'}1${with_check_digit(municipality)}${String(i + 1).padStart(5, '0')}`,
      P29_003: school_class, P29_004: name.replace('（休校）', ''), P29_005: address, P29_006: '3', P29_007: name.includes('休校') ? '2' : '1',
      P29_008: '00', P29_009: '',
    };
    return `{ "type": "Feature", "properties": { ${one_line(properties)} }, "geometry": { "type": "Point", "coordinates": [ ${lon}, ${lat} ] } }`;
  });
  return { file: 'P29-21_99.geojson', rows: features.length, bytes: collection('標県（架空）の学校', features) };
}

/** name, reading, remark, town, and whether its position is given */
const k_halls = [
  ['潮見野市役所', 'シオミノシヤクショ', '', '中央一丁目', true],
  ['潮見野文化会館', 'シオミノブンカカイカン', '大きな時計のある建物', '駅前二丁目', true],
  ['みなと市場', 'ミナトイチバ', '', '魚町', true],
  ['標川河川公園', 'シルベガワカセンコウエン', '', '桜堤一丁目', true],
  ['若葉台中央公園', 'ワカバダイチュウオウコウエン', '', '若葉台三丁目', true],
  ['双子灯台', 'フタゴトウダイ', '', '岬町', true],
  ['北山温泉会館', 'キタヤマオンセンカイカン', '', '大字湯ノ沢', false],
  ['沖ノ浜町役場', 'オキノハママチヤクバ', '', '元町', true],
];

/** Our own table: a hall has a position, or an address alone. */
export function make_halls(find_site) {
  const header = ['名称', '名称_カナ', '種類', '説明', '住所', '緯度', '経度', '市区町村コード'];
  const rows = k_halls.map(([name, kana, remark, town, is_exact]) => {
    const site = find_site(town, name);
    return [name, kana, '施設', remark, address_of(site, 'formal'), is_exact ? site.lat.toFixed(6) : '', is_exact ? site.lon.toFixed(6) : '',
      site.town.municipality];
  });
  return { file: '目印.csv', rows: rows.length, bytes: Buffer.from(`\ufeff${[header, ...rows].map(csv_line).join('')}`, 'utf8') };
}

/** Towns with their readings, in the order of their numbers; Japan Post leaves 大字 away. */
const k_readings = {
  99201: `駅前 エキマエ 汐路 シオジ 中央 チュウオウ 栄町 サカエチョウ 錦町 ニシキチョウ 北駅前 キタエキマエ 港町 ミナトマチ 魚町 ウオマチ
    浜通 ハマドオリ 波止場 ハトバ 舟蔵町 フナクラチョウ 標川 シルベガワ 川原町 カワラマチ 水門町 スイモンチョウ 北標川 キタシルベガワ
    橋詰町 ハシヅメチョウ 桜堤 サクラヅツミ 若葉台 ワカバダイ 緑が岡 ミドリガオカ 東若葉 ヒガシワカバ 谷戸 ヤト 松原 マツバラ 砂山町 スナヤマチョウ
    白砂 シラスナ 防風林前 ボウフウリンマエ 南浜 ミナミハマ 網掛町 アミカケチョウ 磯崎 イソザキ 段畑 ダンバタ 小島 コジマ 塩屋 シオヤ
    塩田町 シオタチョウ 釜屋町 カマヤチョウ 灯台下 トウダイシタ 岬町 ミサキチョウ 見張台 ミハリダイ 双子島 フタゴジマ 北山 キタヤマ 上標 カミシルベ
    奥標 オクシルベ 滝ノ上 タキノウエ 峠 トウゲ 杉谷 スギタニ 湯ノ沢 ユノサワ 炭焼 スミヤキ`,
  99341: '磯辺 イソベ 松葉 マツバ 山手 ヤマテ 谷地 ヤチ 奥山 オクヤマ 東沢 ヒガシサワ 沖ノ浜 オキノハマ 元町 モトマチ 東浦 ヒガシウラ 台 ダイ 沖島 オキシマ',
};
const k_city_kana = { 99201: 'シオミノシ', 99341: 'イソベグンオキノハママチ' };

const k_half_width = (() => {
  const found = new Map([['~', '-'], ['、', '､']]);
  for (let code = 0xff66; code <= 0xff9d; code += 1) {
    const half = String.fromCharCode(code);
    const full = half.normalize('NFKC');
    found.set(full, half);
    for (const [mark, half_mark] of [['\u3099', 'ﾞ'], ['\u309a', 'ﾟ']]) {
      const voiced = `${full}${mark}`.normalize('NFC');
      if ([...voiced].length === 1) found.set(voiced, half + half_mark);
    }
  }
  return found;
})();

const half_width = (kana) => [...kana.normalize('NFKC')].map((letter) => k_half_width.get(letter) ?? letter).join('');

/** KEN_ALL: no header, CP932, half-width kana; a remark that is too long goes on in the next row. */
export function make_postal_codes(towns) {
  const rows = [];
  let next = 9000;
  for (const municipality of Object.keys(k_municipalities)) {
    const { name, county } = k_municipalities[municipality];
    const bases = new Set(towns.filter((town) => town.municipality === municipality).map((town) => town.base.replace(/^大字/u, '')));
    const add = (town, kana, { code = next, many = 0, chome = 0, shared = 0 } = {}) => {
      rows.push([municipality, '"999  "', `"999${code}"`, ...[half_width('シルベケン'), half_width(k_city_kana[municipality]), half_width(kana),
        k_prefecture, `${county}${name}`, town].map((text) => `"${text}"`), many, 0, chome, shared, 0, 0]);
    };
    add('以下に掲載がない場合', 'イカニケイサイガナイバアイ');
    next += 1;
    const words = k_readings[municipality].split(/\s+/u);
    for (let i = 0; i < words.length; i += 2) {
      const [town, kana] = [words[i], words[i + 1]];
      if (!bases.delete(town)) throw new Error(`${name} has no town ${town}`);
      const chome = Math.max(...towns.filter((each) => each.base === town && each.municipality === municipality).map((each) => each.number), 0);
      const options = { chome: chome > 0 ? 1 : 0 };
      if (town === '若葉台') { // two numbers for one town
        add(`${town}（${full_width('1')}～${full_width('3')}丁目）`, `${kana}（1～3チョウメ）`, { ...options, many: 1 });
        next += 1;
        add(`${town}（${full_width('4')}～${full_width('6')}丁目）`, `${kana}（4～6チョウメ）`, { ...options, many: 1 });
      } else if (town === '港町') { // and one whose remark runs over two rows
        add(`${town}（${full_width('1')}丁目、${full_width('2')}丁目、`, `${kana}（1チョウメ、2チョウメ、`, options);
        add(`${full_width('3')}丁目、${full_width('4')}丁目）`, '3チョウメ、4チョウメ）', options);
      } else if (town === '奥標' || town === '上標') { // one number for two towns
        add(town, kana, { ...options, shared: 1 });
        if (town === '上標') continue;
      } else {
        add(town, kana, options);
      }
      next += 1;
    }
    if (bases.size > 0) throw new Error(`no reading of ${[...bases].join(', ')}`);
    if (county) {
      add(`${name}の次に番地がくる場合`, 'オキノハママチノツギニバンチガクルバアイ');
      next += 1;
    }
    next = 9500;
  }
  return { file: '99SHIRUB.CSV', rows: rows.length, bytes: encode_cp932(rows.map((row) => `${row.join(',')}\r\n`).join('')) };
}
