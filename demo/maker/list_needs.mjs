// Figures of need by middle-school district, in the plain layout of needs: births and absence from school as counted,
// and a plan for the years to come. Small counts are kept back.

import { csv_line } from './csv.mjs';
import { stream } from './random.mjs';

const k_header = ['指標', '区域の層', '区域コード', '区域名', '市区町村コード', 'メッシュコード', '期間_開始', '期間_終了', '年度', '値', '単位', '秘匿', '出典', '備考'];
const k_least_shown = 5;
const k_plan = '潮見野市（架空）子ども・子育て支援事業計画';

/** The file of the city: {file, rows, bytes}. `cells` say how many children live where. */
export function make_needs_list(land, cells) {
  const rows = [];
  const add = (indicator, school, year, value, unit, source, note = '') => {
    const hidden = unit === '人' && value < k_least_shown;
    rows.push([indicator, school ? '中学校区' : '市区町村', '', school, '99201', '', '', '', year, hidden ? '' : value, unit, hidden ? 'X' : '',
      source, hidden ? '少ないため秘匿' : note]);
  };
  for (const district of land.filter(({ municipality }) => municipality === '99201')) {
    const children = cells.filter((cell) => cell.district === district.id).reduce((sum, cell) => sum + cell.figures[3], 0);
    const chance = stream(`needs ${district.id}`);
    const about = (share) => Math.round(children * share * chance.between(0.85, 1.15));
    add('出生数', district.school, '令和7年度', about(1 / 17), '人', '潮見野市（架空）住民基本台帳');
    add('不登校の児童生徒数', district.school, '令和7年度', about(0.03), '人', '潮見野市（架空）児童生徒の状況調査');
    for (const year of [9, 10]) {
      add('一時預かりの量の見込み', district.school, `令和${year}年度`, 10 * about(0.14), '延人数', k_plan, '0～5歳');
    }
  }
  // How many foster families there are, by year: so few that the public is told of most districts only that it is not told.
  for (const [year, counts] of [['令和6年度', [2, 1, 6, 3, 0, 8, 5]], ['令和7年度', [3, 1, 7, 3, 0, 13, 5]]]) {
    let total = 0;
    land.filter(({ municipality }) => municipality === '99201').forEach((district, i) => {
      const homes = counts[i % counts.length];
      total += homes;
      add('里親世帯数', district.school, year, homes, '世帯', '標県（架空）児童相談所');
    });
    add('里親世帯数', '', year, total, '世帯', '標県（架空）児童相談所');
  }
  add('ショートステイの量の見込み', '', '令和9年度', 86, '泊', k_plan);
  return { file: '需要.csv', rows: rows.length, bytes: Buffer.from(`\ufeff${[k_header, ...rows].map(csv_line).join('')}`, 'utf8') };
}
