// The towns (町丁目) of the invented municipalities, in the layout of Geolonia's 住所データ.

import { distance_to_border, inside_district, to_lonlat } from './land.mjs';
import { k_municipalities, kanji_number } from './names.mjs';
import { stream } from './random.mjs';

/** district: name, number of 丁目 (0: none), where in kilometres, how far apart its 丁目 lie. */
const k_towns = {
  shioji: [
    ['駅前', 3, [10.8, 10.7], 0.42], ['汐路', 4, [11.9, 11.6], 0.5], ['中央', 3, [10.2, 11.6], 0.42],
    ['栄町', 0, [9.8, 10.4]], ['錦町', 0, [11.9, 10.2]], ['北駅前', 2, [10.9, 12.4], 0.5],
  ],
  minato: [
    ['港町', 4, [9.7, 8.8], 0.42], ['魚町', 0, [8.7, 8.3]], ['浜通', 3, [11.2, 8.7], 0.4],
    ['波止場', 2, [11.95, 7.3], 0.36], ['舟蔵町', 0, [8.4, 7.2]],
  ],
  shirube: [
    ['標川', 4, [7.3, 11.3], 0.55], ['川原町', 0, [8.4, 10.4]], ['水門町', 0, [8.5, 12.2]],
    ['北標川', 2, [6.1, 12.0], 0.55], ['橋詰町', 0, [6.4, 9.9]], ['桜堤', 2, [7.4, 10.0], 0.5],
  ],
  wakaba: [
    ['若葉台', 6, [15.7, 11.0], 0.62], ['緑が岡', 3, [17.7, 11.2], 0.6], ['東若葉', 2, [16.6, 12.6], 0.6],
    ['大字谷戸', 0, [15.4, 9.3]],
  ],
  matsubara: [
    ['松原', 3, [6.3, 7.8], 0.55], ['砂山町', 0, [7.5, 6.5]], ['白砂', 2, [5.6, 6.7], 0.5], ['防風林前', 0, [5.6, 8.8]],
  ],
  minamihama: [
    ['南浜', 3, [3.2, 8.5], 0.5], ['網掛町', 0, [1.9, 8.3]], ['大字磯崎', 0, [2.0, 10.2]], ['大字段畑', 0, [3.7, 11.3]],
    ['大字小島', 0, [3.0, 4.6]],
  ],
  shioya: [
    ['塩屋', 2, [13.3, 7.3], 0.5], ['塩田町', 0, [13.9, 6.2]], ['釜屋町', 0, [13.7, 8.3]],
  ],
  todai: [
    ['灯台下', 3, [16.6, 6.4], 0.6], ['岬町', 0, [16.4, 3.9]], ['見張台', 0, [17.9, 7.7]], ['大字双子島', 0, [14.6, 1.5]],
  ],
  kitayama: [
    ['大字北山', 0, [9.8, 15.4]], ['大字上標', 0, [7.6, 17.2]], ['大字奥標', 0, [6.2, 19.0]], ['大字滝ノ上', 0, [12.6, 16.6]],
    ['大字峠', 0, [14.6, 18.3]], ['大字杉谷', 0, [4.0, 14.6]], ['大字湯ノ沢', 0, [16.8, 15.9]], ['大字炭焼', 0, [2.8, 17.2]],
  ],
  isobe: [
    ['磯辺', 3, [21.2, 8.3], 0.6], ['松葉', 0, [22.4, 7.2]], ['大字山手', 0, [20.9, 10.6]], ['大字谷地', 0, [22.6, 12.4]],
    ['大字奥山', 0, [22.0, 16.0]], ['大字東沢', 0, [25.4, 13.6]],
  ],
  okinohama: [
    ['沖ノ浜', 4, [25.0, 7.6], 0.55], ['元町', 0, [24.1, 6.3]], ['東浦', 2, [26.4, 7.4], 0.5], ['大字台', 0, [25.0, 9.7]],
    ['大字沖島', 0, [24.9, 2.6]],
  ],
};

/** Small quarters (小字) that gazetteers name beside their 大字. */
const k_quarters = [['大字北山', '上組', [0.5, 0.45]], ['大字北山', '下組', [-0.4, -0.5]], ['大字上標', '水口', [0.35, 0.4]]];

/** Several 丁目 stand about the middle of their town: one beside another, three and more in a ring. */
function spread(count, distance, chance) {
  if (count === 2) {
    const tilt = chance.between(0, Math.PI);
    return [0, 1].map((i) => [(i - 0.5) * distance * Math.cos(tilt), (i - 0.5) * distance * Math.sin(tilt)]);
  }
  const radius = distance / (2 * Math.sin(Math.PI / count));
  const turn = chance.between(0, 2 * Math.PI);
  return Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count + chance.between(-0.12, 0.12);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** Every town with its district, its name, its point in kilometres and how far it reaches. */
export function make_towns(land) {
  const towns = [];
  for (const district of land) {
    for (const [name, count, at, distance] of k_towns[district.id]) {
      const chance = stream(`town ${name}`);
      const shifts = count === 0 ? [[0, 0]] : spread(count, distance, chance);
      shifts.forEach((shift, i) => {
        const point = [at[0] + shift[0], at[1] + shift[1]];
        const full = count === 0 ? name : `${name}${kanji_number(i + 1)}丁目`;
        if (!inside_district(point, district)) throw new Error(`${full} lies outside ${district.school}`);
        towns.push({ district: district.id, municipality: district.municipality, name: full, base: name,
          number: count === 0 ? 0 : i + 1, koaza: '', at: point });
      });
    }
  }
  for (const [name, koaza, shift] of k_quarters) {
    const town = towns.find((candidate) => candidate.name === name);
    towns.push({ ...town, koaza, at: [town.at[0] + shift[0], town.at[1] + shift[1]] });
  }
  for (const town of towns) {
    const gap = Math.min(...towns.filter((other) => other !== town)
      .map((other) => Math.hypot(other.at[0] - town.at[0], other.at[1] - town.at[1])));
    const district = land.find((candidate) => candidate.id === town.district);
    town.reach = Math.min(gap * 0.48, 0.8, distance_to_border(town.at, district) * 0.9);
  }
  return towns;
}

/** Geolonia's file of one municipality: an array of {town, koaza, lat, lng} on one line. */
export function make_gazetteer_file(towns, municipality) {
  const rows = towns.filter((town) => town.municipality === municipality).map((town) => {
    const [lng, lat] = to_lonlat(town.at);
    return { town: town.name, koaza: town.koaza, lat, lng };
  });
  return JSON.stringify(rows);
}

export function gazetteer_file_name(municipality) {
  const { name, county } = k_municipalities[municipality];
  return `${county}${name}.json`;
}
