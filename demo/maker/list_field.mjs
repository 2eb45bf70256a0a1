// 現場の台帳: places that coordinators found, in the project's template for them, a list a municipality: each is renewed
// at its own desk. For staff until somebody agreed; the public's edition is the same with and without these lists.
// UTF-8 with a BOM, CRLF.

import { csv_line } from './csv.mjs';
import { address_of } from './sites.mjs';

const k_header = ('ID,事業,名称,名称_カナ,公開名称,運営主体,運営主体種別,住所,方書,緯度,経度,電話番号,対象,対象年齢_開始,対象年齢_終了,利用方法,'
  + '料金,送迎,定員,状態,確度,開催曜日,開催日,開催開始時間,開催終了時間,開催日時特記事項,対象区域,利用可能住民,最終確認日,備考,公開範囲,公開同意日,'
  + '公開同意者,公開しない項目,場所の公開,紹介の道筋,空き,空きの時点,担当').split(',');

function list_of(file, rows) {
  const lines = [k_header, ...rows.map((row) => k_header.map((column) => row[column]))];
  return { rows, file, bytes: Buffer.from(`\ufeff${lines.map(csv_line).join('')}`, 'utf8') };
}

/** One of the city, one of its neighbour. */
export function make_field_lists(find_site) {
  const of_city = [];
  const of_neighbour = [];
  const add = (town, cells, rows = of_city) => {
    const row = Object.fromEntries(k_header.map((column) => [column, '']));
    row.ID = `G-${String(rows.length + 1).padStart(3, '0')}`;
    if (town) {
      const site = find_site(town, cells.名称);
      row.住所 = address_of(site, 'formal');
      [row.緯度, row.経度] = [site.lat.toFixed(6), site.lon.toFixed(6)];
    }
    rows.push(Object.assign(row, { 状態: '実施中', 確度: '確認済', 最終確認日: '2026-05-12' }, cells));
  };
  add('錦町', { 事業: '学習支援', 名称: '路地裏の勉強会', 運営主体: '路地裏の会（架空）', 運営主体種別: '任意団体', 対象年齢_開始: '小学生', 対象年齢_終了: '中学生',
    利用方法: '紹介', 料金: '無料', 定員: 8, 開催曜日: '水', 開催開始時間: '17:00', 開催終了時間: '19:00', 紹介の道筋: 'こども家庭センターの地区担当から',
    空き: 2, 空きの時点: '2026-05-12', 担当: '代表（架空）' });
  add('浜通三丁目', { 事業: 'こども食堂', 名称: '夜のおむすび', 運営主体: '浜通の有志（架空）', 運営主体種別: '任意団体', 利用方法: '紹介', 料金: '無料',
    開催日: '毎月第2土曜日', 開催開始時間: '18:00', 開催終了時間: '20:00', 紹介の道筋: '学校の先生から電話で', 空き: 5, 空きの時点: '2026-04-20',
    担当: '世話人（架空）', 確度: '未確認' });
  add('北駅前二丁目', { 事業: '若者の居場所', 名称: '夜の縁側', 運営主体: '縁側の会（架空）', 運営主体種別: '任意団体', 対象年齢_開始: '高校生', 利用方法: '紹介',
    料金: '無料', 状態: '試行', 開催曜日: '金', 開催開始時間: '19:00', 開催終了時間: '22:00', 公開範囲: '調整機関', 紹介の道筋: '要対協の調整機関から',
    担当: '事務局（架空）' });
  add('磯辺一丁目', { 事業: '一時預かり', 名称: '磯の子あずかり', 運営主体: '磯の子の会（架空）', 運営主体種別: 'NPO法人', 対象年齢_開始: '1歳', 対象年齢_終了: '5歳',
    利用方法: '申込', 料金: '1時間 500円', 定員: 3, 紹介の道筋: '沖ノ浜町の福祉係から', 空き: 1, 空きの時点: '2026-05-01', 担当: '受付（架空）' }, of_neighbour);
  return [list_of('現場の台帳.csv', of_city), list_of('現場の台帳_沖ノ浜町.csv', of_neighbour)];
}
