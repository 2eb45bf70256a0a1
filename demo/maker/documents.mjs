// What the documents say in figures: written by the maker, so that they agree with the files.

import { k_municipalities, with_check_digit } from './names.mjs';

const k_begin = '<!-- faults: written by make_town.mjs -->';
const k_end = '<!-- end of faults -->';

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The table of faults, to be put between its marks in demo/README.md. */
export function with_fault_table(readme, faults) {
  const [begin, end] = [readme.indexOf(k_begin), readme.indexOf(k_end)];
  if (begin < 0 || end < begin) throw new Error('demo/README.md has lost the marks of its table of faults');
  const rows = faults.entries().map(({ file, ja, en, count }) => [`\`${file}\``, ja, en, count]);
  return `${readme.slice(0, begin)}${k_begin}\n${table(['ファイル file', '種類', 'kind', '数 count'], rows)}\n${readme.slice(end)}`;
}

/** People, children and cells of some cells; details of hidden cells included. */
function totals(cells) {
  const sum = (index) => cells.reduce((total, cell) => total + cell.figures[index], 0);
  return { people: sum(0), children: sum(3), cells: cells.length, hidden: cells.filter((cell) => cell.host).length };
}

/** demo/town/README.md: that the town is invented, and the totals that a reader may check an import by. */
export function make_town_readme({ land, towns, blocks, cells, ages, lists, field, needs, helpers, ties, seeds, landmarks }) {
  const of = (keep) => {
    const { people, children, cells: count, hidden } = totals(cells.filter(keep));
    return [people, children, count, hidden];
  };
  const districts = land.map((district) => [district.school, k_municipalities[district.municipality].name,
    1 + district.islands.length, district.mainland.length - 1, ...of((cell) => cell.district === district.id)]);
  const both = cells.filter((cell) => cell.in_choice_zone);
  const polygons = land.reduce((total, district) => total + 1 + district.islands.length, 0);
  return `# 潮見野市と沖ノ浜町（架空） / Shiomino and Okinohama (invented)

**この町は架空です。** 標県・潮見野市・沖ノ浜町は存在しません。人、施設、団体、電話番号、住所、座標もすべて作りもので、町の位置は陸のない太平洋の上です。
ファイルの形式だけが本物と同じです。このフォルダーは \`demo/make_town.mjs\` が作ります。手で直さないでください。

**This town is invented.** No such prefecture, city or town exists; the people, places, organizations, telephone numbers, addresses and
positions are made up, and the land lies where there is only the Pacific. The layouts alone are real. Everything in this folder is
written by \`demo/make_town.mjs\`: do not edit it by hand.

- 団体コード codes: 潮見野市 99201 (${with_check_digit('99201')}), 磯辺郡沖ノ浜町 99341 (${with_check_digit('99341')}), 標県 99
- 区域 districts: ${land.length} schools, ${polygons} polygons
- 町丁目 towns: ${towns.length} rows (潮見野市 ${towns.filter((town) => town.municipality === '99201').length}, 沖ノ浜町 ${towns.filter((town) => town.municipality === '99341').length})
- 街区 blocks: ${blocks.rows} rows (丁目のある町だけ / towns counted in 丁目 alone)
- 人口 people: ${totals(cells).people}, 0～14歳 children: ${totals(cells).children}, メッシュ cells: ${cells.length} (秘匿 hidden ${totals(cells).hidden})
- 年齢別人口 people by year of age: ${ages.rows} 町丁目 towns of the city (各歳、センサスの1つの階級を分けるため / to part the census' one band of children)
- 例の地点 a point to try (駅前, near the station): 137.166,33.147

## 中学校区ごと / by middle-school district

メッシュの中心がある区域で数えた。選択区域の${both.length}メッシュ（${totals(both).people}人、0～14歳${totals(both).children}人）は汐路中学校に入れた。
Counted by the district that holds the cell's centre; the ${both.length} cells of the choice zone (${totals(both).people} people, ${totals(both).children} children) are counted in 汐路中学校.

${table(['学校 school', '市町 municipality', 'polygons', 'mainland vertices', '人口 people', '0～14歳 children', 'cells', 'hidden'], districts)}
| 計 total | | ${polygons} | | ${of(() => true).join(' | ')} |

The mesh file holds the columns 001–034 of e-Stat's table T001142 (people by age group and sex, households); the household types that
follow there are left out. In a hidden cell (HTKSYORI 2) people by sex and households are given, the rest is \`*\` and has been added to the
cell in HTKSAKI.

## 台帳 / lists

${table(['ファイル file', '行 rows', '正しい位置つき with a good position', '住所だけ address only'], lists.map(({ file, list }) => [`\`${file}\``,
    list.rows.length, list.sites.filter((site) => site.precision === 'exact').length,
    list.sites.filter((site) => site.precision === 'town').length]))}

${field.map((list) => `\`${list.file}\`（${list.rows.length} 行）`).join('、')}: 職員だけに見せる現場の台帳。公開の版は、これがあってもなくても同じです。 / places found in the field, for staff alone: the public's edition is the same without them

\`${needs.file}\`: ${needs.rows} 行の需要を示す数（出生数、不登校、量の見込み） / figures of need: births, absence from school, a plan's demand

\`${helpers.file}\`: ${helpers.rows} 行の訪問支援員の数。団体ごとの人数だけで、その市町村の職員だけに見せます。 / counts of visiting helpers by organization, for the staff of their municipality alone

つながりと会議体 ties and meetings: ${ties.map(({ file, rows }) => `\`${file}\` ${rows} 行 rows`).join('、')}。紹介は職員だけに見せるものと、公表したものがあります。 / some referrals are for staff, some were made public

シーズとニーズ offers and needs: ${seeds.map(({ file, rows }) => `\`${file}\` ${rows} 行 rows`).join('、')}。職員だけに見せます。断られた記録もあります。 / for staff alone, refusals among them

目印 landmarks: ${landmarks.map(({ file, rows }) => `\`${file}\` ${rows} 行 rows`).join('、')}。駅、学校、施設、郵便番号。路線も番号も架空で、日本郵便は 999-8531 より上の番号を使っていません。 / stations, schools, halls and postal codes; lines and numbers are invented, and Japan Post gives none above 999-8531

データの利用条件はこのリポジトリーの LICENSE のとおりです。 / The terms are those of this repository's LICENSE.
`;
}
