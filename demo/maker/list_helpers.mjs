// 訪問支援員の数: how many visiting helpers there are for an area, weekdays and a skill, by organization. Counts alone: for
// staff, never for the public.

import { csv_line } from './csv.mjs';

const k_header = ['団体名', '市町村', '事業', '区域', '曜日', '時間帯', 'できること', '人数', '時点', '備考'];
const k_council = '社会福祉法人潮見野市社会福祉協議会（架空）';
const k_company = '株式会社なみおと（架空）';
const k_midwives = '潮見野助産師会（架空）';

const k_rows = [
  [k_council, '99201', '子育て世帯訪問支援', 'chugakkoku:みなと中学校', '月～金', '9時～17時', '家事', 6, '2026-10-01', ''],
  [k_council, '99201', '子育て世帯訪問支援', 'chugakkoku:汐路中学校', '月～金', '9時～17時', '家事', 4, '2026-10-01', ''],
  [k_council, '99201', '子育て世帯訪問支援', 'chugakkoku:若葉台中学校', '月水金', '9時～17時', '家事', 3, '2026-10-01', ''],
  [k_council, '99201', '子育て世帯訪問支援', 'chugakkoku:北山中学校', '火', '10時～15時', '家事', 1, '2026-10-01', '雪の日は行けない'],
  [k_council, '99201', '子育て世帯訪問支援', '', '土日', '', '家事', '', '2026-10-01', '土日は相談のうえ'],
  [k_company, '99201', '子育て世帯訪問支援', '', '毎日', '7時～21時', '家事', 9, '令和8年9月15日', ''],
  [k_company, '99201', '子育て世帯訪問支援', '', '月水金', '', '外国語', 2, '令和8年9月15日', '英語、ポルトガル語'],
  [k_midwives, '99201', '養育支援訪問', '', '火木', '9時～16時', '沐浴', 2, '2026-09-01', ''],
  [k_midwives, '99201', '養育支援訪問', 'chugakkoku:みなと中学校', '', '', '授乳の相談', 3, '2026-09-01', '曜日は月ごとに決める'],
  ['磯辺助け合いの会（架空）', '99341', '子育て世帯訪問支援', '', '月～金', '', '家事', 2, '2026-08-01', ''],
];

/** {file, rows, bytes} */
export function make_helpers_list() {
  return { file: '訪問支援員の数.csv', rows: k_rows.length, bytes: Buffer.from(`\ufeff${[k_header, ...k_rows].map(csv_line).join('')}`, 'utf8') };
}
