// こども食堂一覧: the cafeterias of the city in the 49-column layout that municipalities publish, partial and as untidy
// as the real ones: two BOMs, tabs, line breaks in cells, prose for schedules, few positions.

import { csv_line } from './csv.mjs';
import { k_plain_cafeterias, k_faulty_cafeterias } from './cafeterias.mjs';
import { k_municipalities, k_prefecture, with_check_digit } from './names.mjs';
import { address_of } from './sites.mjs';

export const k_cafeteria_header = ('全国地方公共団体コード,ID,都道府県,市区町村名,名称,名称_カナ,設置目的,実施支援の主な区分,住所,方書,緯度,経度,'
  + '電話番号1,電話番号1_連絡先備考,電話番号2,電話番号2_連絡先備考,内線番号,FAX番号,URL,メールアドレス1,メールアドレス1_連絡先備考,'
  + 'メールアドレス2,メールアドレス2_連絡先備考,法人番号,運営団体名,開催頻度,開催曜日,開催日,開催開始時間,開催終了時間,開催日時特記事項,'
  + '参加条件,参加費_幼児,参加費_小学生,参加費_中学生,参加費_高校生,参加費_大人,参加費特記事項,予約方法,予約特記事項,定員,'
  + 'フードパントリー実施,テイクアウト実施,学区,ネットワークの加入,追加情報NO,画像,画像_ライセンス,備考').split(',');

/** What is written in a cell where the source keeps the place back. */
const k_withheld = new Set(['非公開', '（個別配送）']);

function fees(text) {
  if (text === undefined) return {};
  const [child, adult] = text.split('/');
  return { 参加費_幼児: child, 参加費_小学生: child, 参加費_中学生: child, 参加費_高校生: child, 参加費_大人: adult ?? '' };
}

/** One row as a list of 49 cells, before the faults that concern the line as a whole. */
function make_row(entry, number, find_site, faults, file, sites) {
  const { name, kana, at, style = 'short', exact = false, fee, municipality = '99201', position, tail = '', fault, line: _, ...cells } = entry;
  const row = Object.fromEntries(k_cafeteria_header.map((column) => [column, '']));
  row.全国地方公共団体コード = with_check_digit(municipality);
  row.ID = String(number);
  row.都道府県 = k_prefecture;
  row.市区町村名 = k_municipalities[municipality].name;
  row.名称 = name;
  row.名称_カナ = kana;
  row.電話番号1 = number % 3 === 0 ? `000-0000-${String(400 + number).padStart(4, '0')}` : '';
  row.URL = number % 7 === 0 ? `https://example.jp/shokudo/${number}` : '';
  if (at === undefined || k_withheld.has(at)) {
    row.住所 = at ?? '';
  } else {
    const site = find_site(at, kana);
    row.住所 = address_of(site, style) + tail;
    if (exact) [row.緯度, row.経度] = [site.lat.toFixed(6), site.lon.toFixed(6)];
    if (position) [row.緯度, row.経度] = position(site);
    if (!fault) sites.push({ ...site, precision: exact ? 'exact' : 'town', programme: 'kodomo_shokudo' });
  }
  Object.assign(row, fees(fee));
  for (const [column, value] of Object.entries(cells)) {
    if (!(column in row)) throw new Error(`the layout has no column ${column}`);
    row[column] = value;
  }
  if (fault) faults.note(file, ...fault);
  return k_cafeteria_header.map((column) => row[column]);
}

/** Counts the untidiness that rows carry by themselves. */
function note_untidiness(cells, style, faults, file) {
  const address = cells[k_cafeteria_header.indexOf('住所')];
  const note = (ja, en) => faults.note(file, ja, en);
  if (address === '') note('住所が空', 'an empty address');
  if (k_withheld.has(address)) note('住所が「非公開」「（個別配送）」', 'an address withheld (非公開, （個別配送）)');
  if (address.includes('周辺')) note('住所が「…周辺」', 'a vague address (…周辺)');
  if (style === 'bare') note('住所に市町村名がない', 'an address without the municipality');
  if (/[０-９]/u.test(address)) note('住所が全角数字', 'full-width digits in the address');
  if (cells.some((cell) => cell.includes('\t'))) note('タブがセルに混じる', 'tabs run into a cell');
  if (cells.some((cell) => cell.includes('\n'))) note('セルの中の改行', 'a line break in a cell');
}

export function make_cafeteria_list(find_site, faults) {
  const file = `${with_check_digit('99201')}_shiomino_kodomosyokudo.csv`;
  const sites = [];
  const lines = [csv_line(k_cafeteria_header)];
  const blank = csv_line(k_cafeteria_header.map(() => ''));
  let number = 0;
  let rows = 0;
  const push = (entry) => {
    if (entry.blank) {
      faults.note(file, '空の行', 'a blank row');
      lines.push(blank);
      return;
    }
    number += 1;
    const cells = make_row(entry, number, find_site, faults, file, sites);
    note_untidiness(cells, entry.style, faults, file);
    rows += 1;
    if (entry.line === 'ragged') {
      faults.note(file, '列が足りない行', 'a row that ends early');
      lines.push(csv_line(cells.slice(0, 41)));
    } else {
      lines.push(csv_line(cells));
    }
    if (entry.line === 'twice') {
      faults.note(file, '同じ行が二度', 'a row that stands twice');
      lines.push(csv_line(cells));
      rows += 1;
    }
  };
  [...k_plain_cafeterias, ...k_faulty_cafeterias].forEach(push);
  faults.note(file, '二重のBOM', 'two byte order marks');
  return { list: { sites, rows: { length: rows } }, bytes: Buffer.from(`\ufeff\ufeff${lines.join('')}`, 'utf8'), file };
}
