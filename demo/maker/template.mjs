// The project's own short list layout: one row, one programme at one place.

import { csv_line } from './csv.mjs';
import { address_of } from './sites.mjs';

export const k_template_header = ('ID,事業,名称,名称_カナ,公開名称,運営主体,運営主体種別,住所,方書,緯度,経度,電話番号,URL,対象,'
  + '対象年齢_開始,対象年齢_終了,学校段階,利用方法,料金,送迎,定員,契約,所管課,状態,確度,開催曜日,開催日,開催開始時間,開催終了時間,'
  + '開催日時特記事項,祝日,特徴,対象区域,利用可能住民,広域利用の条件,開始年月日,終了年月日,最終確認日,備考').split(',');

/**
 * A collector of rows. `place` is [town, 'exact' | 'town']: with its position, or with an address alone; a third word
 * names the building where several rows share one. Any column may be given by name; what is not given stays empty, for
 * nothing is known of it.
 */
export function make_template_list({ prefix, file, find_site, faults, phone_from, url_path }) {
  const rows = [];
  const sites = [];
  let number = 0;
  return {
    rows,
    sites,
    add({ place, style = 'formal', fault, ...cells }) {
      number += 1;
      const row = Object.fromEntries(k_template_header.map((column) => [column, '']));
      row.ID = `${prefix}-${String(number).padStart(3, '0')}`;
      if (place) {
        const [town, precision, building] = place;
        const site = find_site(town, building ?? cells.名称_カナ ?? cells.名称);
        row.住所 = address_of(site, style);
        if (precision === 'exact') [row.緯度, row.経度] = [site.lat.toFixed(6), site.lon.toFixed(6)];
        if (!fault) sites.push({ ...site, precision, programme: cells.事業 });
      }
      row.電話番号 = `000-0000-${String(phone_from + number).padStart(4, '0')}`;
      row.URL = `https://example.jp/${url_path}/${number}`;
      for (const [column, value] of Object.entries(cells)) {
        if (!(column in row)) throw new Error(`the template has no column ${column}`);
        row[column] = String(value);
      }
      if (fault) faults.note(file, ...fault);
      rows.push(row);
      return row;
    },
    text: () => [k_template_header, ...rows.map((row) => k_template_header.map((column) => row[column]))].map(csv_line).join(''),
  };
}
