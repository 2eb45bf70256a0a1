// つながりと会議体: who is tied to whom in the city. A hub that everything hangs on (the council of social welfare),
// cafeterias that no base works with, referrals that nothing comes back from, districts without a coordinator or a meeting
// (北山, 灯台下), organizations missing from the protection council, and ties that came and ended within a year.

import { csv_line } from './csv.mjs';

const k_city = '潮見野市（架空）';
const k_welfare = '社会福祉法人潮見野市社会福祉協議会（架空）';
const k_npo = 'NPO法人しおかぜ子どもの輪（架空）';
const k_seed = '社会福祉法人標の実会（架空）';
const k_wind = '社会福祉法人海風福祉会（架空）';
const k_school = '学校法人潮見野学園（架空）';
const k_beach = '浜の子ひろばの会（架空）';
const k_family = 'NPO法人しるべの家族（架空）';
const k_company = '株式会社なみおと（架空）';
const k_centre = '潮見野市こども家庭センター';
const k_report = '令和7年度事業報告（架空）';
const k_contracts = '委託契約一覧（架空）';

const k_tie_header = ['つながり', 'から', 'からの市町村', 'へ', 'への種類', 'への市町村', '区域の層', '事業', '開始日', '終了日', '情報提供', 'つなぎ',
  '結果の共有', '期間', '条件', '出典', '備考', '公開範囲'];

const entrusts = (to, programme, from, until = '') => ({ つながり: '委託', から: k_city, へ: to, 事業: programme, 開始日: from, 終了日: until, 出典: k_contracts });
const refers = (from, to, [informed, linked, fed_back], more = {}) => ({ つながり: '紹介', から: from, へ: to, 情報提供: informed, つなぎ: linked,
  結果の共有: fed_back, 期間: '令和7年度', 出典: k_report, ...more });
const coordinates = (who, school, from) => ({ つながり: '調整', から: who, へ: `${school}中学校`, 区域の層: '中学校区', 開始日: from, 出典: '地区担当表（架空）' });
const hosts = (from, to, more = {}) => ({ つながり: '場所の提供', から: from, へ: to, への種類: '場所', ...more });

const k_ties = [
  entrusts(k_npo, '地域子育て支援拠点', '2022-04-01', '2027-03-31'),
  entrusts(k_npo, '児童育成支援拠点', '2024-04-01'),
  entrusts(k_seed, '地域子育て支援拠点', '2022-04-01', '2027-03-31'),
  entrusts(k_seed, '子育て短期支援', '2019-04-01'),
  entrusts(k_welfare, '子育て世帯訪問支援', '2024-04-01'),
  entrusts(k_welfare, '児童育成支援拠点', '2025-10-01'),
  entrusts(k_company, '子育て世帯訪問支援', '2026-04-01'),
  entrusts('社会福祉法人波の音会（架空）', '養育支援訪問', '2020-04-01', '2026-03-31'),
  { つながり: '委託', から: '標県（架空）', からの市町村: '', へ: k_family, 事業: '里親支援センター', 開始日: '2024-04-01', 出典: '県の委託契約（架空）', 公開範囲: '公開' },
  // The council of social welfare is what holds the cafeterias to the rest.
  ...['うみねこ食堂', '魚町こども食堂', '標プラザこども食堂', 'わかば食堂', '松原こども食堂'].map((cafeteria) =>
    hosts(k_welfare, cafeteria, { 備考: '食材と保険を社協がまとめて用意する' })),
  hosts('中央公民館', '中央公民館ごはん部'),
  hosts(k_npo, 'しおかぜ食堂'),
  // 214 were told, 27 linked, and nothing comes back.
  refers(k_centre, k_welfare, [214, 27, 0], { 公開範囲: '公開', 備考: '事業報告で公表した数' }),
  refers(k_centre, k_npo, [96, 61, 40]),
  refers(k_npo, k_centre, [33, 30, 30]),
  refers(k_centre, 'うみねこ食堂', [58, 9, ''], { への種類: '場所' }),
  refers(k_seed, k_centre, [21, 18, 18]),
  refers(k_wind, k_centre, [14, '', ''], { からの市町村: '99341' }),
  coordinates(k_welfare, 'みなと', '2023-04-01'),
  coordinates(k_welfare, '汐路', '2023-04-01'),
  coordinates(k_seed, '標川', '2024-04-01'),
  coordinates(k_npo, '若葉台', '2025-04-01'),
  coordinates(k_beach, '南浜', '2026-04-01'),
  coordinates(k_city, '松原', '2023-04-01'),
  { つながり: '相互利用', へ: '沖ノ浜町', への市町村: '99341', 事業: '病児保育', 開始日: '2021-04-01', 条件: '相互利用、1日2,000円、月～金', 出典: '相互利用協定（架空）' },
  { つながり: '承継', から: '浜通子育て支援センター', へ: '浜通保育園ひろば（架空）', 開始日: '2022-04-01', 備考: '事業を引き継いだ' },
];

const k_forum_header = ['会議体', '種類', '市町村', '区域の層', '区域', '開催', '年間回数', '構成員', '開始日', '終了日', '出典', '備考', '公開範囲'];

const k_forums = [
  { 会議体: '潮見野市要保護児童対策地域協議会', 種類: '要保護児童対策地域協議会', 開催: '代表者会議は年1回', 年間回数: 1,
    構成員: [k_city, k_welfare, k_seed, '標児童相談所（架空）', '潮見野警察署（架空）', '潮見野医師会（架空）'].join(';'), 開始日: '2006-04-01', 出典: '設置要綱（架空）' },
  { 会議体: 'しおみのこども食堂ネットワーク（架空）', 種類: 'ネットワーク', 開催: '年3回',
    構成員: [k_welfare, 'うみねこ食堂', '魚町こども食堂', '標プラザこども食堂', 'わかば食堂', '松原こども食堂'].join(';') },
  { 会議体: 'みなと地区こども連絡会', 種類: '地区会議', 区域の層: '中学校区', 区域: 'みなと中学校', 開催: '毎月第2火曜',
    構成員: [k_npo, k_welfare, 'うみねこの部屋'].join(';') },
  { 会議体: '若葉台地区こども連絡会', 種類: '地区会議', 区域の層: '中学校区', 区域: '若葉台中学校', 開催: '隔月', 構成員: [k_npo, k_school].join(';') },
  { 会議体: '短期支援の受け入れ調整会議', 種類: '連絡会', 開催: '随時', 構成員: [k_city, k_seed, `99341:${k_wind}`].join(';'), 公開範囲: '職員' },
  { 会議体: '沖ノ浜町要保護児童対策地域協議会', 種類: '要保護児童対策地域協議会', 市町村: '99341', 開催: '年2回', 構成員: '' },
];

const text_of = (header, rows) =>
  Buffer.from(`\ufeff${[header, ...rows.map((row) => header.map((column) => row[column] ?? ''))].map(csv_line).join('')}`, 'utf8');

/** [{file, rows, bytes}]: the ties, the meetings */
export function make_tie_lists() {
  return [
    { file: 'つながり.csv', rows: k_ties.length, bytes: text_of(k_tie_header, k_ties) },
    { file: '会議体.csv', rows: k_forums.length, bytes: text_of(k_forum_header, k_forums) },
  ];
}
