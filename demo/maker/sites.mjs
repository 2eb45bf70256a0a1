// Where the facilities stand and how their addresses are written.

import { nearest_block } from './blocks.mjs';
import { distance_to_border, districts_at, to_lonlat } from './land.mjs';
import { full_width, k_municipalities, k_prefecture } from './names.mjs';
import { stream } from './random.mjs';

/** A finder of sites: the same town and purpose always give the same place, inside the town and its district alone. */
export function make_site_finder(land, towns) {
  const by_id = new Map(land.map((district) => [district.id, district]));
  return (town_name, purpose) => {
    const town = towns.find((candidate) => candidate.name === town_name && candidate.koaza === '');
    if (!town) throw new Error(`no town ${town_name}`);
    const chance = stream(`site ${town_name} ${purpose}`);
    const district = by_id.get(town.district);
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const reach = town.reach * 0.85 * Math.sqrt(chance.next());
      const angle = chance.between(0, 2 * Math.PI);
      const point = [town.at[0] + reach * Math.cos(angle), town.at[1] + reach * Math.sin(angle)];
      const at = districts_at(point, land);
      if (at.length === 1 && at[0] === district && distance_to_border(point, district) > 0.03) {
        const [lon, lat] = to_lonlat(point);
        // Where the town shows no blocks the number is a part of a lot's.
        const drawn = chance.whole(1, 14);
        return { town, district, point, lon, lat, block: nearest_block(town, point) || drawn, house: chance.whole(1, 22) };
      }
    }
    throw new Error(`no room for ${purpose} in ${town_name}`);
  };
}

/** A site's address in one of the ways that lists write it. */
export function address_of(site, style) {
  const { town, block, house } = site;
  const { name, county } = k_municipalities[town.municipality];
  const rural = town.number === 0;
  const lot = block * 100 + house;
  switch (style) {
    case 'gazetteer': // 標県潮見野市港町二丁目3-12
      return `${k_prefecture}${county}${name}${town.name}${rural ? lot : `${block}-${house}`}`;
    case 'formal': // 標県潮見野市港町2丁目3番12号
      return `${k_prefecture}${county}${name}${town.base}${rural ? `${lot}番地` : `${town.number}丁目${block}番${house}号`}`;
    case 'short': // 潮見野市港町2-3-12
      return `${name}${town.base}${rural ? lot : `${town.number}-${block}-${house}`}`;
    case 'bare': // 港町2-3-12
      return `${town.base}${rural ? lot : `${town.number}-${block}-${house}`}`;
    case 'wide': // 潮見野市港町２－３－１２
      return `${name}${town.base}${full_width(rural ? `${lot}` : `${town.number}-${block}-${house}`)}`;
    case 'around': // 潮見野市港町２丁目周辺
      return `${name}${town.base}${rural ? '' : `${full_width(String(town.number))}丁目`}周辺`;
    case 'town': // 標県潮見野市港町二丁目
      return `${k_prefecture}${county}${name}${town.name}`;
    default:
      throw new Error(`no way ${style} of writing an address`);
  }
}
