#!/usr/bin/env bash
# Imports the demonstration town into a new store:  demo/load.sh BINARY STORE
# The store appears under its name only when every import has gone through; until then the old one stays as it was.
set -euo pipefail

if [[ $# -ne 2 ]]; then
    echo "usage: demo/load.sh BINARY STORE" >&2
    exit 2
fi
binary=$1
store=$2
town=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/town

mkdir -p "$(dirname "$store")"
work=$(mktemp -d "$(dirname "$store")/.load.XXXXXX")
trap 'rm -rf "$work"' EXIT
fresh=$work/town.shirube

licence='見本の町（架空）: このリポジトリーの LICENSE'
city='潮見野市（架空）'
neighbour='沖ノ浜町（架空）'
prefecture='標県（架空）'

# The bins of an import's report on one line: read 16, accepted 15, …
bins() {
    tr -d ' \n' <"$1" | sed -n 's/.*"rows":{\([^}]*\)}.*/\1/p' | tr -d '"' | sed 's/:/ /g; s/,/, /g'
}

# import_step LABEL KIND FILE OPTIONS…: rejected rows (exit 3) are part of the town, anything else is a failure.
import_step() {
    local label=$1 kind=$2 file=$3 status=0
    shift 3
    "$binary" import "$kind" "$file" --store "$fresh" --licence "$licence" --report "$work/report.json" "$@" \
        >"$work/output.txt" 2>&1 || status=$?
    if [[ $status -ne 0 && $status -ne 3 ]]; then
        echo "$label: the import failed with exit status $status" >&2
        cat "$work/output.txt" >&2
        exit 1
    fi
    echo "$label: $(bins "$work/report.json")"
}

for municipality in 99201:潮見野市:"$city" 99341:磯辺郡沖ノ浜町:"$neighbour"; do
    IFS=: read -r code name publisher <<<"$municipality"
    import_step "町丁目 $name" gazetteer "$town/gazetteer/ja/標県/$name.json" --municipality "$code" \
        --list "町丁目（$publisher）" --publisher "$publisher" --source "$publisher 町丁目の代表点" --as-of 2026-04-01
done
import_step "街区 潮見野市" gazetteer "$town/gazetteer/99201_2026.csv" --municipality 99201 \
    --list "街区（$city）" --publisher "$city" --source "$city 街区の代表点" --as-of 2026-04-01
for landmarks in N02_99_Station.geojson:駅:"$prefecture":標県の駅 P29-21_99.geojson:学校:"$prefecture":標県の学校 \
    99SHIRUB.CSV:郵便番号:"$prefecture":標県の郵便番号 目印.csv:目印:"$city・$neighbour":目印の一覧; do
    IFS=: read -r file name publisher source <<<"$landmarks"
    import_step "$name" landmarks "$town/landmarks/$file" \
        --list "$name（架空）" --publisher "$publisher" --source "$publisher $source" --as-of 2026-04-01
done
import_step "中学校区" districts "$town/districts/A32-13_99.geojson" --layer chugakkoku \
    --list '中学校区（架空）' --publisher "$prefecture" --source "$prefecture 中学校区" --as-of 2026-04-01
import_step "小学校区" districts "$town/districts/小学校区.geojson" --layer shogakkoku \
    --list '小学校区（架空）' --publisher "$city" --source "$city 小学校区" --as-of 2026-04-01
import_step "相談機関の区域" districts "$town/districts/相談機関の区域.csv" --layer sodan_kuiki \
    --list '相談機関の区域（架空）' --publisher "$city" --source "$city 地域子育て相談機関の区域" --as-of 2026-04-01
import_step "日常生活圏域" districts "$town/districts/日常生活圏域.csv" --layer nichijo_seikatsu \
    --list '日常生活圏域（架空）' --publisher "$city" --source "$city 日常生活圏域" --as-of 2026-04-01
import_step "年齢別人口" population "$town/population/地域・年齢別人口.csv" --municipality 99201 \
    --list '地域・年齢別人口（架空）' --publisher "$city" --source "$city 住民基本台帳" --as-of 2026-04-01
import_step "人口メッシュ" population "$town/population/tblT001142Q_99.txt" \
    --list '人口メッシュ（架空）' --publisher "$prefecture" --source "$prefecture 250mメッシュ人口" --as-of 2020-10-01
import_step "児童館" resources "$town/lists/児童館一覧.csv" --complete \
    --covers 'jidokan,jidokan_small,jidokan_center,jidokan_large@99201,99341' \
    --list '児童館一覧（架空）' --publisher "$city・$neighbour" --source "$city・$neighbour 児童館一覧" --as-of 2026-04-01
import_step "子育て支援拠点" resources "$town/lists/子育て支援拠点一覧.csv" --complete --municipality 99201 \
    --covers 'shien_kyoten,shutcho_hiroba,kodomo_katei_center,hoken_center,riyosha_shien,chiiki_sodan,ikusei_kyoten,short_stay,twilight_stay,setai_homon,yoiku_homon,oyako_kankei,ichiji_azukari,nintei_ibasho,gakushu_shien,wakamono_ibasho@99201' \
    --list '子育て支援拠点一覧（架空）' --publisher "$city" --source "$city 子育て支援拠点一覧" --as-of 2026-04-01
import_step "里親等支援" resources "$town/lists/里親等支援一覧.csv" --partial \
    --covers 'satooya_shien_center,jido_katei_shien_center,jido_yogo_shisetsu,nyujiin,short_stay,twilight_stay,oyako_kankei,boshi_seikatsu@99201,99341' \
    --list '里親等支援一覧（架空）' --publisher "$prefecture" --source "$prefecture 里親等支援一覧" --as-of 2025-12-01
import_step "こども食堂" resources "$town/lists/992011_shiomino_kodomosyokudo.csv" --partial \
    --covers 'kodomo_shokudo,food_pantry@99201' \
    --list 'こども食堂一覧（架空）' --publisher "$city" --source "$city こども食堂一覧" --as-of 2026-03-31

import_step "現場の台帳" resources "$town/lists/現場の台帳.csv" --partial \
    --list '現場の台帳（架空）' --publisher "$city" --source "$city 現場の台帳" --as-of 2026-05-12
import_step "沖ノ浜町の現場の台帳" resources "$town/lists/現場の台帳_沖ノ浜町.csv" --partial \
    --list '沖ノ浜町 現場の台帳（架空）' --publisher "$neighbour" --source "$neighbour 現場の台帳" --as-of 2026-05-12

import_step "つながり" relations "$town/ties/つながり.csv" --municipality 99201 --owner 99201 \
    --list 'つながり（架空）' --publisher "$city" --source "$city つながりの一覧" --as-of 2026-10-01
import_step "会議体" relations "$town/ties/会議体.csv" --municipality 99201 --owner 99201 \
    --list '会議体（架空）' --publisher "$city" --source "$city 会議体の一覧" --as-of 2026-10-01

import_step "訪問支援員" helpers "$town/helpers/訪問支援員の数.csv" \
    --list '訪問支援員の数（架空）' --publisher "$city・$neighbour" --source "$city・$neighbour 訪問支援員の数" --as-of 2026-10-01

import_step "需要" needs "$town/needs/需要.csv" --layer chugakkoku --municipality 99201 \
    --list '需要を示す数（架空）' --publisher "$city" --source "$city 統計と計画" --as-of 2026-04-01

# Offers and needs lie beside the store, in a file of their own.
for table in offers:シーズ wants:ニーズ askings:聞いた記録; do
    IFS=: read -r name file <<<"$table"
    "$binary" seeds import "$name" "$town/seeds/$file.csv" --store "$fresh" --municipality 99201 --on 2026-11-21 \
        >"$work/output.txt" 2>&1 || {
        echo "$file: the import failed" >&2
        cat "$work/output.txt" >&2
        exit 1
    }
    echo "$file: $(head -1 "$work/output.txt")"
done

if [[ -s $fresh-wal ]]; then
    echo "the new store was not closed properly: it still has a write-ahead log" >&2
    exit 1
fi
# A log of the old store must not be read into the new one.
rm -f "$store-wal" "$store-shm"
mv -f "$fresh" "$store"
# Those of an old town speak of places by ids that are gone with it.
rm -f "$store.seeds-wal" "$store.seeds-shm"
mv -f "$fresh.seeds" "$store.seeds"
echo "$store"
