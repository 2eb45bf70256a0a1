#include "importers/report/issue_codes.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace shirube::importers {

namespace {

constexpr std::array k_issue_codes = std::to_array<IssueCode>({
    // Files
    {"file_missing", "ファイルがありません。名前と場所を確かめてください。",
     "There is no such file. Check its name and place."},
    {"file_is_folder", "これはフォルダーです。中のファイルを指定してください。",
     "This is a folder. Name the file inside it."},
    {"file_unreadable", "ファイルを読めません（{0}）。読み取りの権限を確かめてください。",
     "The file cannot be read ({0}). Check that you may read it."},
    {"file_empty", "ファイルが空です。", "The file is empty."},
    {"file_too_big", "ファイルが大きすぎます（上限 {0} バイト）。分けて取り込んでください。",
     "The file is too big (at most {0} bytes). Import it in parts."},
    {"no_files", "取り込むファイルを指定してください。", "Name the file that is to be imported."},
    {"workbook_unreadable",
     "表計算のブックとして読めません（{0}）。表計算ソフトで開いて保存し直すか、シートごとに CSV で保存してください。",
     "It cannot be read as a workbook ({0}). Open it in a spreadsheet program and save it anew, or save each sheet as "
     "CSV."},
    {"workbook_text_missing",
     "セル {0} が指す文字列がブックの中にありません。ブックが壊れています。表計算ソフトで開いて保存し直してください。",
     "Cell {0} points at a text that the workbook does not hold: it is damaged. Open it in a spreadsheet program and "
     "save "
     "it anew."},
    {"consent_missing",
     "公開の同意（公開同意日と公開同意者）が書かれていないので、公開しません。同意の日と、だれが同意したかを役割で書い"
     "てください。",
     "There is no consent (the day, and who agreed): the row is not public. State both, who agreed as a role."},
    {"consent_half", "公開の同意には、日とだれが同意したかの両方が要ります。",
     "Consent to being public takes both: the day, and who agreed."},
    {"consent_future", "公開に同意した日がこれからの日です。", "The day of the consent is yet to come."},
    {"protected_by_name",
     "名称から、身の安全のために公開しない施設と考え、公開しません。公開してよいときは、ひな形の公開範囲・公開同意日・"
     "公開同意者を"
     "書いてください。",
     "By its name the place protects people: it is not public. Where it may be, say so with 公開範囲, 公開同意日 and "
     "公開同意者 of the template."},
    {"withheld_field_unknown",
     "公開しない項目「{0}」がわかりません。安全のため、選べる項目をすべて公開しません。選択肢: {1}",
     "The field to be withheld, {0}, is unknown: to be safe all that may be withheld are. The choices are: {1}"},
    {"place_without_district",
     "場所を公開しない行に対象区域がないので、公開の地図ではどの区域にも数えられません。対象区域を書いてください。",
     "The place is not public and the row names no district it serves: public maps count it in none. Fill in "
     "対象区域."},
    {"vacancy_undated", "空きに時点がありません。いつの空きかを書いてください。",
     "The vacancy has no date. Say when it was told."},
    {"owner_unknown", "--owner は市区町村の5桁のコードです。", "--owner is a municipality's code of five digits."},
    {"column_repeated", "列「{0}」が {1} つあります。いちばん左の列を読みました。ほかの列は使っていません。",
     "There are {1} columns called {0}. The leftmost was read; the others were not used."},
    {"column_misnamed", "列「{0}」は読みません。「{1}」のことでしたら、見出しをそのとおりに直してください。",
     "The column {0} is not read. If it is meant as {1}, write its header so."},
    {"row_example", "「記入例」と書かれた行なので、読んでいません（対象外に数えました）。",
     "The row is marked as an example (記入例): it was not read and counts as out of scope."},
    {"phone_private",
     "携帯電話の番号は個人のものかもしれないので、公開しません。公開してよい番号を別に書いてください。",
     "A mobile number may be a private person's: it is kept back. State another number that may be shown."},
    {"correction_schedule_partial",
     "開催の列（開催曜日・開催日・開催開始時間・開催終了時間・開催日時特記事項・祝日）はまとめて置き換わります。「{0}"
     "」も書くか、"
     "ないときは「消す」と書いてください。",
     "The columns of a schedule (days, dates, from, to, remark, holidays) are replaced together. Fill in {0} too, or "
     "write 消す where there is none."},
    {"workbook_locked", "パスワードのかかったブックです。パスワードを外して保存し直してください。",
     "The workbook is locked by a password. Save it without one."},
    {"workbook_many_sheets", "シートが多すぎます（上限 {0}）。分けて取り込んでください。",
     "The workbook has too many sheets (at most {0}). Import it in parts."},
    {"content_wrong_kind", "この種類の取り込みでは読めない内容です（{0}）。",
     "This kind of import cannot read such a file ({0})."},

    // Encodings and tables
    {"encoding_unknown",
     "文字コードがわかりません。{0} バイト目が UTF-8、UTF-16、Shift_JIS（CP932）、EUC-JP のどれでもありません。UTF-8 "
     "で保存し直してください。",
     "The encoding is unknown: byte {0} is none of UTF-8, UTF-16, Shift_JIS (CP932) and EUC-JP. Save the file as "
     "UTF-8."},
    {"binary_content", "文字のファイルではありません（{0} バイト目に NUL があります）。CSV で保存し直してください。",
     "This is not a text file (there is a NUL at byte {0}). Save it as CSV."},
    {"quote_unclosed", "引用符（\"）が閉じていません。この行から後を確かめてください。",
     "A quotation mark (\") is never closed. Check the file from this row on."},
    {"cell_too_long", "セルが長すぎます（上限 {0} バイト）。引用符の閉じ忘れがないか確かめてください。",
     "A cell is too long (at most {0} bytes). Check for a quotation mark that is never closed."},
    {"too_many_columns", "列が多すぎます（上限 {0} 列）。", "There are too many columns (at most {0})."},
    {"table_empty", "見出しの行がありません。", "There is no header row."},
    {"table_without_rows",
     "見出しの下に行がありません。これを取り込むと前の版が空になります。前の版を取り下げるには shirube undo "
     "を使ってください。",
     "There are no rows below the header: the edition before would be emptied. To take it back use `shirube undo`."},
    {"list_name_taken", "台帳「{0}」は別の市区町村（{1}）のものとして入っています。--list で別の名前を付けてください。",
     "A list named {0} is there already, of another municipality ({1}). Name this one with --list."},
    {"list_name_reserved",
     "台帳の名前「{0}"
     "」は使えません。「現場で見つけた場所」「画面からのつながり」「画面からの手直し」で始まる名前は、画面"
     "で書いたもののためにとってあります。別の名前を付けてください。",
     "A list cannot be named {0}: names that begin with 現場で見つけた場所, 画面からのつながり or 画面からの手直し are "
     "kept "
     "for what is written on pages. Give it another name."},
    {"table_too_big", "表が大きすぎます（上限 {0} セル）。分けて取り込んでください。",
     "The table is too big (at most {0} cells). Import it in parts."},
    {"row_too_short", "セルが見出しより {0} 個少ない行です。足りないセルは空として読みました。",
     "The row has {0} cells fewer than the header. The missing ones were read as empty."},
    {"row_too_long",
     "セルが見出しより {0} 個多い行です。カンマや引用符を確かめてください。余ったセルは使っていません。",
     "The row has {0} cells more than the header. Check commas and quotation marks. The surplus was not used."},

    {"rejects_columns_torn",
     "書き出した行の4列（台帳、行、理由コード、理由）が揃っていないので、もとの台帳に足せません。最後の4列に戻してくだ"
     "さい。",
     "The four columns of rejected rows (台帳, 行, 理由コード, 理由) are not all the last ones: whose rows these are "
     "cannot be "
     "told. Put them back."},

    // Corrections by hand
    {"corrections_header_unknown",
     "手直しの台帳の見出しではありません（足りない列: {0}）。ひな形 corrections を使ってください。",
     "This is not the header of a list of corrections (missing: {0}). Use the template corrections."},
    {"correction_date_future", "決めた日がこれからの日です。", "The day of the decision is yet to come."},
    {"correction_id_missing", "ID がありません。画面の住所や shirube links に出る 13 文字を書いてください。",
     "There is no ID. Write the 13 letters that stand in a page's address or in shirube links."},
    {"correction_id_malformed", "「{0}」は ID ではありません。ID は 13 文字の英小文字と数字です。",
     "{0} is no ID. An ID is 13 small letters and digits."},
    {"correction_date_missing", "決めた日がありません。", "There is no date of the decision."},
    {"correction_by_unknown", "決めた人は役割で書いてください（人の名前は書きません）。選択肢: {0}",
     "Say who decided as a role, never by name. The choices are: {0}"},
    {"correction_reason_missing", "理由がありません。", "There is no reason."},
    {"correction_verdict_unknown", "判定は「同じ」か「別」で書いてください。",
     "Write 同じ (one place) or 別 (two places)."},
    {"correction_pair_of_one", "対象と相手が同じ ID です。", "Both IDs of the pair are the same."},
    {"correction_mixed", "組の判定の行に、直す値も書かれています。行を分けてください。",
     "The row decides on a pair and corrects values too. Write two rows."},
    {"correction_empty", "直す値も判定も書かれていません。", "The row neither corrects a value nor decides on a pair."},
    {"correction_cannot_clear", "「{0}」は消せません。正しい値を書いてください。",
     "{0} cannot be cleared. Write the right value."},
    {"correction_unread",
     "読めないセルがあるので、この行では何も直していません。セルを直してもう一度取り込んでください。",
     "A cell cannot be read, so nothing was corrected by this row. Mend the cell and import the file again."},
    {"correction_repeated",
     "同じものを同じ日に直す行が前にもあります。どちらが正しいか決められないので取り込みません。",
     "An earlier row corrects the same on the same day. Which of them is right cannot be told, so this one was not "
     "taken."},
    {"correction_target_unknown", "「{0}」は今どの台帳にもありません。行は残り、その場所や事業が入ったときに効きます。",
     "No list in force has {0}. The row is kept and takes effect when that place or service comes."},

    {"sheet_unknown", "この表の見出しはどの様式とも合わないので、読んでいません（対象外に数えました）。",
     "The header of this table fits no layout. It was not read; its rows count as out of scope."},
    {"sheet_example", "記入例のシートなので、読んでいません（対象外に数えました）。",
     "This sheet is an example. It was not read; its rows count as out of scope."},

    {"mapping_malformed", "対応づけのファイルの「{0}」が読めません。docs/import.md の例のように書いてください。",
     "{0} of the mapping file cannot be read. Write it like the example in docs/import.md."},
    {"mapping_field_unknown", "対応づけのファイルの「{0}」は、この種類の取り込みの列にないか、二度書かれています。",
     "The mapping file names {0}, which is no column of this kind of import or stands there twice."},
    {"mapping_field_missing", "対応づけのファイルに、なくてはならない列がありません（{0}）。",
     "The mapping file lacks columns that must be there ({0})."},

    // Archives
    {"archive_member_damaged", "圧縮ファイルの中の「{0}」が壊れています。もう一度もらい直してください。",
     "{0} in the archive is damaged: its checksum does not fit. Get the file once more."},
    {"archive_damaged", "圧縮ファイルが壊れています（{0}）。", "The archive is damaged ({0})."},
    {"archive_too_many_members", "圧縮ファイルの中のファイルが多すぎます（上限 {0}）。",
     "The archive holds too many files (at most {0})."},
    {"archive_too_big", "展開すると大きすぎます（上限 {0} バイト）。",
     "Unpacked, the archive is too big (at most {0} bytes)."},
    {"archive_without_table", "圧縮ファイルの中に表（.csv、.tsv、.txt、.xlsx、.ods、.xls）がありません。",
     "The archive holds no table (.csv, .tsv, .txt, .xlsx, .ods, .xls)."},

    {"archive_member_chosen", "いくつかある中の「{0}」を読みました。", "Of several files or layers {0} was read."},

    // Geographic files
    {"vector_wrong_kind", "地理のファイル（GeoJSON、シェープファイル .shp、GeoPackage .gpkg）ではありません。",
     "This is no geographic file (GeoJSON, a .shp shapefile or a .gpkg GeoPackage)."},
    {"vector_unreadable", "地理のファイルとして読めません（{0}）。", "It cannot be read as a geographic file ({0})."},
    {"vector_many_layers",
     "層が一つではありません（{0}）。対応づけのファイルの \"layer\" "
     "で一つを名指しするか、一つの層だけのファイルにしてください。",
     "It does not hold exactly one layer ({0}). Name one by \"layer\" in a mapping file, or make a file of one layer."},
    {"layer_missing", "「{0}」という層（シート、ファイル）はありません。あるもの: {1}",
     "There is no layer, sheet or file named {0}. There are: {1}"},
    {"geopackage_unsafe",
     "読むだけで何かが実行されるもの（{0}）を含むので開きません。要る層だけを GeoPackage か GeoJSON "
     "で書き出してください。",
     "It holds something that runs when it is read ({0}) and was not opened. Export the layer that is wanted, alone, "
     "as "
     "a GeoPackage or GeoJSON."},
    {"geopackage_open",
     "書きかけの変更が {0} に残っています。このファイルを開いているソフトを閉じてから取り込んでください。",
     "Changes to this file are still in {0}. Close the program that has it open, then import it."},
    {"vector_too_many", "地物が多すぎます（上限 {0}）。", "There are too many features (at most {0})."},
    {"json_malformed", "JSON として正しくありません（{0} バイト目）。", "This is not correct JSON (at byte {0})."},
    {"shapefile_truncated", "{0} が途中で切れています。完全なのは {1} 件目までです。もう一度入手してください。",
     "{0} is cut off; it is whole up to record {1}. Fetch the file again."},
    {"shapefile_member_missing", "シェープファイルの {0} がありません。同じフォルダーに置いてください。",
     "The shapefile's {0} is missing. Put it into the same folder."},
    {"shapefile_inconsistent", "シェープファイルの .shp と .dbf の件数が合いません（{0} と {1}）。",
     "The shapefile's .shp and .dbf disagree on the number of records ({0} and {1})."},
    {"crs_unusable", "座標系を経緯度に変換できません（{0}）。JGD2011 の経緯度で書き出してください。",
     "The coordinate system cannot be brought to longitude and latitude ({0}). Export the file in JGD2011 degrees."},
    {"tokyo_datum",
     "日本測地系（旧）の座標です。約 400 m ずれます。位置は直していません。JGD2011 に変換してから取り込んでください。",
     "The coordinates are on the old Tokyo datum, some 400 m off. They were left as they are. Convert the file to "
     "JGD2011 first."},
    {"attribute_cut", "文字の途中で切れている値があります。読める所まで読みました。",
     "A value is cut in the middle of a character. It was read as far as possible."},

    // Districts
    {"header_unknown_districts", "区域のファイルとして知っている属性がありません。試した様式と、足りない属性: {0}",
     "No known layout of districts fits. Tried, with the attributes that are missing: {0}"},
    {"ring_mended", "多角形の輪が正しくなかったので直しました。形を確かめてください。",
     "The polygon's rings were not valid and were mended. Check its shape."},
    {"geometry_missing", "形がありません。", "There is no geometry."},
    {"geometry_not_polygon", "形が多角形ではありません。", "The geometry is not a polygon."},
    {"geometry_not_point", "形が点ではありません。", "The geometry is not a point."},
    {"geometry_broken", "多角形の形が壊れていて、直せません。", "The polygon is broken beyond mending."},
    {"geometry_outside_japan", "形が日本の外にあります。経度と緯度の順を確かめてください。",
     "The geometry lies outside Japan. Check the order of longitude and latitude."},
    {"district_name_missing", "区域の名前がありません。", "The district has no name."},
    {"district_municipality_missing", "市区町村コードがありません。--municipality で指定できます。",
     "There is no municipality code. --municipality can state it."},
    {"district_municipality_malformed", "市区町村コードが正しくありません。", "The municipality code is not correct."},

    {"line_as_polygon", "閉じた線です。囲まれた所を区域として読みました。",
     "This is a closed line. What it surrounds was taken as the district."},
    {"members_missing", "構成区域がありません。", "The district names nothing it is made of."},
    {"member_layer_unknown", "構成区域の層がわかりません。中学校区、小学校区、市区町村、町字のように書いてください。",
     "The layer of the members is unknown. Write it like 中学校区, 小学校区, 市区町村 or 町字."},
    {"member_without_geometry",
     "構成区域の形がありません（まだ取り込まれていないか、町字です）。ほかの構成区域だけで描きます。",
     "A member has no area: it has not been imported yet, or it is a town. The district is drawn from the others."},
    {"addresses_missing", "通学区域の住所がありません。", "No address is named."},
    {"address_range_unread", "町の一部の書き方がわかりません。この町は「含まれるかもしれない」として扱います。",
     "Which part of the town is meant cannot be read. The town belongs to the district possibly."},

    // Terms
    {"header_unknown_terms",
     "利用条件の一覧として読めません。市区町村コード（行政CD）と利用条件の列がある表を指定してください。",
     "This is no sheet of terms. Name a table with a column of municipality codes (行政CD) and one of terms "
     "(利用条件)."},
    {"terms_refused", "この市区町村はデータの利用を認めていません（{0}）。",
     "This municipality does not allow its data to be used again ({0})."},
    {"terms_conditional", "この市区町村は条件つきで利用を認めています（{0}）。条件を確かめてください。",
     "This municipality allows reuse under conditions ({0}). Check them."},
    {"terms_unknown", "利用条件の一覧にこの市区町村がないか、条件を読めません。",
     "The sheet of terms says nothing of this municipality, or nothing that can be read."},

    // Resources
    {"header_unknown",
     "見出しが、知っているどの様式とも合いません。試した様式と、足りない列: {0}。列の名前を直すか、--profile "
     "で様式を指定してください。",
     "The header fits no known layout. Tried, with the columns that are missing: {0}. Mend the column names or name a "
     "layout "
     "with --profile."},
    {"table_header_unknown",
     "見出しが、知っているどの様式とも合いません。いちばん近い様式（足りない列）: {0}。ほかに試した様式: "
     "{1}。見出しをひ"
     "な形のとおりに直してください。",
     "The header fits no known layout. The nearest, with the columns that are missing: {0}. Also tried: {1}. Write the "
     "header as the template has it."},
    {"header_further_schedules",
     "開催日の追加ファイル（ID と開催日だけの表）です。本体の一覧と一緒に指定してください（shirube import resources "
     "本体.csv 追加.csv）。",
     "This is a file of further schedules (numbers and dates only). Give it together with its main list (shirube "
     "import "
     "resources MAIN.csv FURTHER.csv)."},
    {"further_parent_missing", "番号「{0}」の場所が本体の一覧にないので、追加の開催日を取り込めません。",
     "The main list holds no place with the number {0}, so the further schedule was not taken."},
    {"profile_unknown", "様式「{0}」はありません。ある様式: {1}", "There is no layout named {0}. There are: {1}"},
    {"profile_misfits", "見出しが様式「{0}」と合いません。足りない列: {1}",
     "The header does not fit the layout {0}. Missing columns: {1}"},
    {"duplicate_key", "同じ ID（または同じ名称と住所）の行が前にもあります（{0}）。別の行として取り込みました。",
     "An earlier row ({0}) has the same ID, or the same name and address. This one was kept as a row of its own."},
    {"row_repeated", "まったく同じ行が前にあります（{0}）。一度だけ数えました。どちらかを消してください。",
     "The very same row stands above ({0}). It was counted once; delete one of the two."},
    {"complete_without_rows",
     "この台帳は市区町村 {1} "
     "の「{0}」をすべて載せていると言っていますが、その行が一つもありません。本当に無ければそのままで、"
     "区域は空白になります。--covers を確かめてください。",
     "The list says that it holds every {0} of municipality {1}, and has none. If there are none, leave it: districts "
     "become "
     "blank. Check --covers."},
    {"covers_malformed",
     "--covers は「事業コード,…@市区町村コード,…」をセミコロンでつないで書きます（「{0}」が読めません）。",
     "--covers is written PROGRAMME,…@MUNICIPALITY,… with semicolons between groups ({0} cannot be read)."},
    {"covers_programme_unknown", "--covers の事業「{0}」は事業一覧にありません。",
     "--covers names the programme {0}, which the taxonomy does not have."},
    {"municipality_malformed",
     "市区町村コード「{0}」が正しくありません。5 桁（または検査数字つき 6 桁）で書いてください。",
     "{0} is no municipality code. Write its 5 digits (or 6 with the check digit)."},
    {"as_of_malformed", "--as-of「{0}」が日付ではありません。2026-04-01、2026-04、2026 のように書いてください。",
     "--as-of {0} is no date. Write it like 2026-04-01, 2026-04 or 2026."},
    {"rejects_wrong_form", "--rejects のファイル名の終わりを .csv か .xlsx にしてください（「{0}」）。",
     "Let the name after --rejects end in .csv or .xlsx ({0})."},
    {"rejects_wrong_kind", "--rejects は gazetteer と population の取り込みでは使えません。",
     "--rejects does not go with imports of gazetteer and population."},
    {"rejects_is_input", "--rejects には、取り込むファイルとは別の名前を付けてください（「{0}」）。",
     "Name another file after --rejects than one that is imported ({0})."},
    {"rejects_unwritable", "取り込めない行を書き出せません（{0}）。フォルダーと空き容量を確かめてください。",
     "Rejected rows cannot be written ({0}). Check the folder and the free space."},
    {"rejects_cell_too_long", "セルが長すぎて XLSX に書けません（上限 {0} 文字）。--rejects を .csv にしてください。",
     "A cell is too long for XLSX (at most {0} letters). Let --rejects end in .csv."},
    {"layer_malformed", "--layer「{0}」には英小文字、数字、_ だけを使ってください。",
     "--layer {0} may hold lower-case letters, digits and _ only."},

    // P14
    {"facility_name_missing", "施設の名称がありません。", "The facility has no name."},
    {"facility_position_rough", "位置が代表点（{0}）です。", "The position only represents its surroundings ({0})."},
    {"facility_outside_japan", "位置が日本の外にあるので使っていません。",
     "The position lies outside Japan and was not used."},

    // Population
    {"mesh_header_unknown",
     "人口の表の見出しがありません。KEY_CODE で始まる 2 "
     "行の見出し（国勢調査のメッシュ、小地域）か、地域名と年齢別の列の"
     "見出しが要ります。",
     "There is no header of a table of people. It needs two header rows that begin with KEY_CODE (census mesh, small "
     "areas), or a header with 地域名 and columns by age."},
    {"mesh_labels_missing", "2 行目に項目の名前がありません。列の意味は名前で判断するので、2 行の見出しが要ります。",
     "The second row holds no labels. Columns are understood by their labels, so both header rows are needed."},
    {"mesh_ages_missing", "年齢別人口の総数の列がありません。", "No column holds a total by age."},
    {"mesh_code_malformed", "メッシュコードが正しくありません（{0}）。", "The mesh code is not correct ({0})."},
    {"mesh_code_repeated", "同じメッシュコードの行が前にもあります。二重に数えないよう取り込みません。",
     "An earlier row has the same mesh code. It was not taken, so that nobody is counted twice."},
    {"mesh_partner_malformed", "秘匿先または合算元のメッシュコード「{0}」が正しくありません。",
     "{0}, named as the partner of a suppressed cell, is no mesh code."},
    {"mesh_suppression_unknown", "秘匿の区分（HTKSYORI）が 0、1、2 のどれでもありません。",
     "The suppression mark (HTKSYORI) is none of 0, 1 and 2."},
    {"mesh_tokyo_datum",
     "日本測地系（旧）のメッシュです。約 400 m ずれます。位置は直していません。世界測地系の表を取り込んでください。",
     "The cells lie on the old Tokyo datum, some 400 m off. They were left as they are. Import the table on the world "
     "datum."},
    {"carrier_missing",
     "秘匿先「{0}"
     "」がこの取り込みにありません。この行の年齢別の人数は不明になります。隣のファイルも一緒に取り込んでください。",
     "{0}, which holds this row's detail, is not in this import. The ages of this row are unknown. Import the file of "
     "the neighbour with it."},
    {"carried_missing",
     "合算元「{0}」がこの取り込みにありません。その人数はこの行で数えます。隣のファイルも一緒に取り込んでください。",
     "{0}, whose detail this row holds, is not in this import. Its people are counted here. Import the file of the "
     "neighbour with it."},
    {"partner_disagrees", "「{0}」との秘匿の関係が片方にしか書かれていません。書かれたとおりに数えました。",
     "Only one of this row and {0} says that one holds the other's detail. They were counted as written."},
    {"town_code_malformed", "町丁・字のコードが正しくありません。", "The code of the small area is not correct."},
    {"town_partner_malformed", "秘匿先または合算元のコード「{0}」が正しくありません。",
     "{0}, named as the partner of a suppressed row, is no code."},
    {"town_repeated", "同じ町丁・字の行が前にもあります。二重に数えないよう取り込みません。",
     "An earlier row is of the same town. It was not taken, so that nobody is counted twice."},
    {"town_not_in_gazetteer",
     "地名辞典にこの町がないので、位置がわかりません。人数はどの区域にも入らず、「位置のわからない子ども」になります。",
     "The gazetteer has no such town, so its people have no position. They are in no district's figure, but among the "
     "children without a position."},
    {"count_unreadable", "人数が数ではありません。不明として扱います。",
     "The count is no number. It is taken as unknown."},

    // Gazetteer
    {"folder_without_gazetteer", "フォルダーの中に地名辞典のファイル（.json、.csv、.zip）がありません。",
     "There is no file of a gazetteer (.json, .csv, .zip) in the folder."},
    {"gazetteer_wrong_kind", "町丁目の一覧（town、koaza、lat、lng の配列）ではありません。",
     "This is no list of towns (an array of town, koaza, lat, lng)."},
    {"gazetteer_header_unknown", "どの地名辞典の見出しとも合いません。足りない列: {0}。",
     "The header is that of no known gazetteer. Columns missed: {0}."},
    {"gazetteer_of_houses", "住居番号（号）ごとの表は読みません。街区の表（mt_rsdtdsp_blk）を使ってください。",
     "Tables of single house numbers are not read. Use those of blocks (mt_rsdtdsp_blk)."},
    {"address_base_half",
     "{0} はありますが、組になる {1} がありません。名前と位置は別のファイルにあるので、両方を一度に指定してください。",
     "{0} is here, but {1}, which belongs to it, is not. Names and positions are in files of their own: give both in "
     "one import."},
    {"address_base_id_missing", "町字 ID か、街区・地番の ID がありません。",
     "The row has no id of its town, block or lot."},
    {"address_base_name_missing", "この位置の名前が、一緒に指定したファイルにありません。",
     "The files given with it have no name for this position."},
    {"address_base_position_repeated", "同じ ID の位置が前にもあります。前のものを使いました。",
     "An earlier row has a position of the same id. That one was used."},
    {"block_number_missing", "街区符号または地番がありません。", "There is no number of the block or lot."},
    {"block_position_missing", "街区または地番の緯度・経度がありません。", "The block has no latitude and longitude."},
    {"block_outside_japan", "街区または地番の位置が日本の外にあります（緯度と経度が逆かもしれません）。",
     "The block lies outside Japan; latitude and longitude may be swapped."},
    {"block_flag_unreadable", "住居表示フラグまたは代表フラグが 0 か 1 ではありません。0 として扱います。",
     "The flag is neither 0 nor 1. It is taken as 0."},
    {"position_datum_unknown",
     "位置の座標系「{0}」は使えません。日本測地系2011（EPSG:6668）の緯度・経度にしてください。",
     "Positions in {0} cannot be used. Give latitude and longitude of JGD2011 (EPSG:6668)."},
    {"town_name_missing", "町の名前がありません。", "The town has no name."},
    {"town_position_missing", "町の緯度・経度がありません。", "The town has no latitude and longitude."},
    {"town_outside_japan", "町の位置が日本の外にあります。", "The town lies outside Japan."},

    // Needs
    {"needs_header_unknown", "需要の表の見出しに足りない列があります: {0}。",
     "The header of a list of needs lacks columns: {0}."},
    {"holidays_few",
     "{0} 年の祝日が {1} "
     "日しかありません。この台帳を入れると、ほかの日は祝日でないものとして扱います。その年の祝日をすべて載せてください"
     "。",
     "The year {0} has only {1} holidays. With this list every other day is none: give all of the year."},
    {"need_indicator_missing", "指標がありません。", "There is no indicator."},
    {"need_unit_unknown", "単位「{0}」がわかりません。単位のない数は使えません。ある単位: {1}",
     "The unit {0} is not known, and a figure without a unit cannot be used. The units are: {1}"},
    {"need_layer_unknown",
     "区域の層「{0}」がわかりません。chugakkoku のような記号か、中学校区、市区町村、メッシュなどの語で書いてください。",
     "The layer {0} is not known. Write a code like chugakkoku or a word like 中学校区, 市区町村 or メッシュ."},
    {"need_area_missing", "どこの数かがわかりません。区域、市区町村コード、メッシュコードのどれかを書いてください。",
     "The row does not say where. Write a district, a municipality code or a mesh code."},
    {"need_district_contradicts", "区域コード「{0}」と区域名「{1}」は別の区域です。どちらかを直してください。",
     "The code {0} and the name {1} are of two districts. Mend one of them."},
    {"need_unit_contradicts", "値の単位「{0}」が単位の列「{1}」と違います。数は使っていません。",
     "The figure's unit {0} is not the column's, {1}. The figure was not used."},
    {"need_percent_small",
     "1以下の％です。表計算ソフトの「50%」は 0.5 "
     "として読まれます。％の数（50）で書いてください。数はそのまま残しました。",
     "A percentage of 1 or less: a spreadsheet's 50% is read as 0.5. Write the number of percent (50). It was kept as "
     "it "
     "is."},
    {"need_period_missing", "いつの数かがわかりません。期間か年度を書いてください。",
     "The row does not say when. Write a period or a fiscal year."},
    {"need_repeated",
     "同じ指標、単位、区域、期間の行が前にもあります。どちらが正しいか決められないので取り込みません。",
     "An earlier row has the same indicator, unit, area and period. Which of them is right cannot be told, so this one "
     "was not taken."},
    {"need_district_unknown", "区域「{0}」は層 {1} にありません。行は残し、区域が取り込まれたときに結び付けます。",
     "There is no district {0} in the layer {1}. The row is kept and will be matched when the district is imported."},
    {"figure_unreadable", "値が数ではありません。不明として扱います。",
     "The value is no number. It is taken as unknown."},

    // Landmarks
    {"landmarks_header_unknown", "目印のどの様式とも列が合いません。試した様式と足りない列: {0}。",
     "The columns fit no layout of landmarks. Those tried, with the columns they miss: {0}."},
    {"landmarks_of_resources",
     "これは事業の台帳の列です（{0}）。目印は誰にでも見えるので取り込みません。resources で取り込んでください。",
     "This is a column of a list of services ({0}). Landmarks are seen by everybody, so it was not taken. Import it as "
     "resources."},
    {"landmarks_outside", "{0} 行は地名辞典の町から遠いか、地名辞典にない市区町村のものなので、取り込んでいません。",
     "{0} rows lie far from every town of the gazetteer, or in municipalities it does not have, and were left out."},
    {"gazetteer_missing", "郵便番号の位置は地名辞典から求めます。先に地名辞典を取り込んでください。",
     "Postal codes are placed by the gazetteer. Import the gazetteer first."},
    {"landmark_name_missing", "名称がありません。", "There is no name."},
    {"landmark_kind_unknown", "種類がわかりません。ある種類: {0}。空なら施設になります。",
     "The kind is not known. The kinds are: {0}. An empty cell is a facility (施設)."},
    {"landmark_protected",
     "身の安全のために公開しない所か、住まいか、所在地を伏せた所の名前です。目印は誰にでも見えるので取り込みません。",
     "This is the name of a place that is kept from the public, of a home, or of one whose address is withheld. "
     "Landmarks are seen by everybody, so it was not taken."},
    {"landmark_without_position",
     "位置がわかりません。緯度・経度か住所を書いてください。書くまで、この名前では探せません。",
     "It has no position. Give latitude and longitude, or an address; until then nothing is found by this name."},

    // Ties and meetings
    {"relations_header_unknown", "つながりと会議体のどちらの様式とも列が合いません。試した様式と足りない列: {0}。",
     "The columns fit neither a list of ties nor one of meetings. Those tried, with the columns they miss: {0}."},
    {"tie_kind_unknown", "つながり「{0}」がわかりません。ある種類: {1}",
     "The tie {0} is not known. The kinds are: {1}"},
    {"tie_party_unknown", "への種類「{0}」がわかりません。ある種類: {1}",
     "{0} is no kind of what a tie leads to. The kinds are: {1}"},
    {"tie_end_missing", "つながりの端がありません。団体か場所の名前を書いてください。",
     "One end of the tie is missing. Write the name of an organization or a place."},
    {"tie_person", "つながりの端が個人を指しています。団体か場所の名前だけを取り込みます。",
     "One end of the tie is a person. Only organizations and places are taken."},
    {"tie_name_too_long",
     "名前が長すぎます（上限 {0} 字）。団体か場所の名前だけを書いてください。列がずれていないかも確かめてください。",
     "The name is too long (at most {0} letters). Write the name of an organization or a place alone, and check "
     "whether "
     "columns slipped."},
    {"forum_member_too_long",
     "構成員の名前が長すぎるので（上限 {0} "
     "字）、その名前は取り込みません。名前の区切り（「;」か「、」）が抜けていないか確かめてください。",
     "A member's name is too long (at most {0} letters) and was not taken. Check whether a separator between names (; "
     "or 、) is missing."},
    {"tie_to_itself", "つながりの両端が同じものです。どちらかの名前を直してください。",
     "Both ends of the tie are one and the same. Mend one of the names."},
    {"tie_municipality_unknown",
     "市町村「{0}」がわかりません。コードか、地名辞典にある名前で書いてください。空として扱います。",
     "The municipality {0} is not known. Write its code, or its name as the gazetteer has it. It is taken as empty."},
    {"tie_date_span", "「{0}」は日まで書かれていないので、{1} として読みました。違うなら日を書いてください。",
     "{0} names no day and was read as {1}. Write the day if it is another."},
    {"tie_counts_elsewhere", "回数（情報提供・つなぎ・結果の共有）は「紹介」の行だけに書けます。使っていません。",
     "Counts are of referrals (紹介) alone. They were not used."},
    {"tie_counts_order", "つなぎか結果の共有が、情報提供より多くなっています。列がずれていないか確かめてください。",
     "More were linked or fed back than were told. Check whether columns slipped."},
    {"tie_protected", "身の安全のために公開しない施設か事業の名前があるので、調整機関だけに見せます。",
     "It names a place or a programme that is kept from the public for people's safety: coordinators alone see the "
     "row."},
    {"tie_of_others", "から も へ もほかの市区町村のものです。自分の市区町村のつながりと会議だけを書けます。",
     "Both ends are another municipality's. Only one's own ties and meetings can be written."},
    {"tie_of_another",
     "ほかの市区町村の団体がすることなので、自分の市区町村の職員だけに見せます。みんなに見せるのは、その市区町村が書い"
     "たときです。",
     "It says what another municipality's organization does: only one's own staff see it, until that municipality says "
     "so "
     "itself."},
    {"tie_hidden_end", "職員だけに見せている場所の名前があるので、この行もその場所を見られる人だけに見せます。",
     "It names a place that is kept for staff: the row is shown to those alone who may see that place."},
    {"tie_owner_missing",
     "公開しない行ですが、どの市町村の職員に見せるかがわかりません。市町村を書くまで、だれにも見えません。",
     "The row is not public, and does not say whose staff may see it. Until it names a municipality nobody does."},
    {"relation_repeated",
     "同じつながり（両端、事業、期間、開始日）の行が前にもあります。二重に数えないよう取り込みません。",
     "An earlier row is of the same tie (ends, programme, period, first day). It was not taken, so that nothing counts "
     "twice."},
    {"forum_name_missing", "会議体の名前がありません。", "The meeting has no name."},
    {"forum_kind_unknown", "会議体の種類「{0}」がわかりません。「その他」とします。ある種類: {1}",
     "{0} is no kind of meeting; it is taken as その他. The kinds are: {1}"},
    {"forum_cadence_contradicts", "開催「{0}」と年間回数 {1} が合いません。年間回数を使いました。",
     "The words {0} and the number {1} of meetings a year do not fit. The number was used."},
    {"forum_member_person", "構成員に個人の名前があるので、その名前は取り込みません。団体の名前を書いてください。",
     "A member is a person, whose name was not taken. Write the organization."},
    {"forum_member_protected",
     "構成員に、身の安全のために公開しない施設の名前があります。その構成員は、調整機関だけに見せます。",
     "A member is a place that is kept from the public for people's safety: coordinators alone see that it is one."},
    {"forum_member_hidden",
     "構成員に、職員だけに見せている場所の名前があります。その構成員は、その場所を見られる人だけに見せます。",
     "A member is a place that is kept for staff: those alone who may see the place see that it is one."},
    {"forum_members_many", "構成員が多すぎます（上限 {0}）。続きは「構成員」のつながりの行に書いてください。",
     "There are too many members (at most {0}). Write the others as ties of the kind 構成員."},
    {"forum_repeated", "同じ会議体の行が前にもあります。どちらが正しいか決められないので取り込みません。",
     "An earlier row is of the same meeting. Which of them is right cannot be told, so this one was not taken."},
    {"tie_verdict_unknown",
     "判断「{0}」がわかりません。直す・誤り（会議体は 加わった・抜けた・いなかった も）で書いてください。",
     "{0} is no verdict. Write 直す or 誤り; of a meeting also 加わった, 抜けた or いなかった."},
    {"tie_column_unknown", "直した列「{0}」は、直せる列ではありません。", "{0} is no column that can be mended."},
    {"tie_decision_empty", "何を直したかが書かれていません。", "The row does not say what of it was mended."},
    {"tie_member_one", "加わった（抜けた）構成員を一つだけ書いてください。",
     "Name the one member who joined, left or never belonged."},
    {"tie_member_day_missing", "抜けた構成員の最後の日がありません。",
     "The last day of the member who left is missing."},

    // Visiting helpers
    {"helpers_header_unknown", "訪問支援員の表の見出しに足りない列があります: {0}。",
     "The header of a list of visiting helpers lacks columns: {0}."},
    {"helpers_of_persons",
     "個人の列（{0}）があります。訪問支援員は団体ごとの人数だけを取り込みます。個人の列を除いた表にしてください。",
     "There is a column of persons ({0}). Visiting helpers are counted by organization and never listed: give a table "
     "without that column."},
    {"helpers_organization_missing", "団体名がありません。", "The organization is missing."},
    {"helpers_organization_person", "団体名が個人を指しています。訪問支援員は団体ごとの人数だけを取り込みます。",
     "The organization is a person. Visiting helpers are counted by organization and never listed."},
    {"helpers_municipality_missing", "どの市町村の表かがわかりません。市町村の列か --municipality で書いてください。",
     "The row does not say of which municipality it is. Write it under 市町村, or give --municipality."},
    {"helpers_municipality_unknown", "市町村「{0}」がわかりません。コードか、地名辞典にある名前で書いてください。",
     "The municipality {0} is not known. Write its code, or its name as the gazetteer has it."},
    {"helpers_area_unknown", "区域「{0}」はまだありません。行は残し、区域が取り込まれたときに結び付けます。",
     "There is no district {0} yet. The row is kept and will be matched when the district is imported."},
    {"helpers_repeated",
     "同じ団体、事業、区域、曜日、時間帯、できることの行が前にもあります。どちらが正しいか決められないので取り込みませ"
     "ん。",
     "An earlier row has the same organization, programme, area, days, hours and skill. Which of them is right cannot "
     "be told, so this one was not taken."},

    // Holidays
    {"holidays_header_unknown", "祝日の一覧の見出し（国民の祝日・休日月日、国民の祝日・休日名称）がありません。",
     "There is no header of a list of holidays (国民の祝日・休日月日, 国民の祝日・休日名称)."},
    {"holiday_date_malformed", "祝日の日付として読めません。2026/1/1 のように書いてください。",
     "This is no date of a holiday. Write it like 2026/1/1."},
    {"holiday_repeated", "同じ日付の行が前にもあります。", "An earlier row has the same date."},

#include "importers/report/cleaning_issue_codes.inc"
});

const IssueCode& find(std::string_view code) {
    const auto* found = std::ranges::find(k_issue_codes, code, &IssueCode::code);
    assert(found != k_issue_codes.end() && "every problem that is told stands in the table");
    return *found;
}

} // namespace

std::span<const IssueCode> issue_codes() { return k_issue_codes; }

bool is_of_people(std::string_view code) noexcept {
    constexpr std::array<std::string_view, 8> k_codes{"private_home",        "private_person",        "phone_private",
                                                      "tie_person",          "protected_by_name",     "tie_protected",
                                                      "forum_member_person", "forum_member_protected"};
    return std::ranges::find(k_codes, code) != k_codes.end();
}

std::string issue_sentence(std::string_view code, std::string_view language, std::string_view a, std::string_view b) {
    const IssueCode& row = find(code);
    std::string_view pattern = language == "en" ? row.en : row.ja;
    std::string sentence;
    sentence.reserve(pattern.size() + a.size() + b.size());
    while (!pattern.empty()) {
        const std::size_t gap = std::min(pattern.find("{0}"), pattern.find("{1}"));
        sentence += pattern.substr(0, gap);
        if (gap == std::string_view::npos) {
            break;
        }
        sentence += pattern[gap + 1] == '0' ? a : b;
        pattern.remove_prefix(gap + 3);
    }
    return sentence;
}

} // namespace shirube::importers
