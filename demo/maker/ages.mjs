// The city's people by town and year of age, in the layout of the municipal standard data set 地域・年齢別人口: what
// parts the census' one band of children where a policy asks for fewer years.

import { csv_line } from './csv.mjs';
import { k_municipalities, with_check_digit } from './names.mjs';
import { stream } from './random.mjs';

const k_last_year = 17;
const k_city = '99201';

/** Children are fewer each year: the youngest are three quarters of the oldest. */
const weight_of = (year) => 0.75 + (0.25 * year) / k_last_year;

/** `total` in whole parts by weights, the largest remainders first. */
function parted(total, weights) {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const quotas = weights.map((weight) => (total * weight) / sum);
  const parts = quotas.map(Math.floor);
  const left = total - parts.reduce((all, part) => all + part, 0);
  quotas.map((quota, i) => [quota - parts[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, left)
    .forEach(([, i]) => (parts[i] += 1));
  return parts;
}

/** The file of the city: {file, rows, bytes}. */
export function make_age_list(land, towns, cells) {
  const years = Array.from({ length: k_last_year + 1 }, (_, year) => year);
  const header = ['全国地方公共団体コード', '地域コード', '地方公共団体名', '調査年月日', '地域名', '総人口',
    ...years.flatMap((year) => [`${year}歳の男性`, `${year}歳の女性`]), '備考'];
  const rows = [];
  for (const district of land.filter(({ municipality }) => municipality === k_city)) {
    const inside = cells.filter((cell) => cell.district === district.id);
    const children = inside.reduce((sum, cell) => sum + cell.figures[3], 0);
    const people = inside.reduce((sum, cell) => sum + cell.figures[0], 0);
    const here = towns.filter((town) => town.district === district.id && town.koaza === '');
    const chance = stream(`ages ${district.id}`);
    // Of 15 to 17 too, about as many a year as there are of the others.
    const of_towns = parted(Math.round((children * (k_last_year + 1)) / 15), here.map(() => chance.between(0.6, 1.4)));
    const people_of_towns = parted(people, of_towns.map((count) => count + 1));
    here.forEach((town, i) => {
      const by_year = parted(of_towns[i], years.map((year) => weight_of(year) * chance.between(0.9, 1.1)));
      const sexes = by_year.flatMap((count) => [Math.floor(count / 2), count - Math.floor(count / 2)]);
      rows.push([with_check_digit(k_city), '', k_municipalities[k_city].name, '2026-04-01', town.name,
        Math.max(people_of_towns[i], of_towns[i]), ...sexes, '']);
    });
  }
  const text = [header, ...rows].map(csv_line).join('');
  return { file: '地域・年齢別人口.csv', rows: rows.length, bytes: Buffer.from(`\ufeff${text}`, 'utf8') };
}
