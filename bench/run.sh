#!/usr/bin/env bash
# Takes every figure beside its rival, in one run, on one machine: bench/run.sh [PART…]
# Needs the target `bench` to be built (in build/release, or where SHIRUBE_BENCH_PROGRAMS says). Writes
# build/bench/figures.md and figures.json; of some parts alone, build/bench/some/figures.md and figures.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/rivals/postgis.sh
source bench/rivals/postgis.sh

every_part=(areas search match network coverage start staff locating imports http pages views slider demo)
parts=("$@")
folder=build/bench
written=$folder/some
[[ ${#parts[@]} -gt 0 ]] || { parts=("${every_part[@]}") && written=$folder; }
for part in "${parts[@]}"; do
    [[ " ${every_part[*]} " == *" $part "* ]] || { echo "bench: no part $part; there are ${every_part[*]}" >&2 && exit 2; }
done

programs=$(realpath "${SHIRUBE_BENCH_PROGRAMS:-build/release}")
export SHIRUBE_BENCH_PROGRAMS=$programs
data=$folder/data
lines=$written/figures.jsonl
seconds=8
connections=64
threads=2
rounds=2

mkdir -p "$written"
rm -f "$lines"
say() { printf '\n==> %s\n' "$*"; }
# What else the machine does: processes that want a processor, over the last minute.
load_now() { cut -d' ' -f1 /proc/loadavg; }

# ---- servers: started on a free port, ended by their process numbers ------------------------------------------------

servers=()
stop_servers() {
    local pid
    for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
    servers=()
}
trap 'stop_servers; stop_postgis' EXIT

# start_server LOG COMMAND… : sets `address` to what the server says it serves at.
start_server() {
    local log=$1
    shift
    "$@" >"$log" 2>"$log.err" &
    servers+=($!)
    for _ in $(seq 300); do
        address=$(grep -o -m1 'http://[0-9.:]*' "$log" || true)
        [[ -z $address ]] || return 0
        kill -0 "${servers[-1]}" 2>/dev/null || break
        sleep 0.1
    done
    cat "$log.err" >&2
    echo "bench: $1 did not start" >&2
    return 1
}

# ---- HTTP -----------------------------------------------------------------------------------------------------------

# load ADDRESS : "requests/s p50 p99 bad failed" of one round
load() {
    wrk -t"$threads" -c"$connections" -d"${seconds}s" --timeout 5s -s bench/addresses.lua "$1" -- "$data/addresses.txt" |
        sed -n 's/^RESULT //p'
}

better_of() { printf '%s\n' "$@" | sort -rn | head -1; }

median_size() {
    local count=400
    head -n "$count" "$data/addresses.txt" | sed "s|.*|url = \"$1&\"\noutput = /dev/null|" >"$folder/curl.cfg"
    curl -s -K "$folder/curl.cfg" -w '%{http_code} %{size_download}\n' |
        awk '$1 != 200 { bad = 1 } { print $2 } END { exit bad }' | sort -n | sed -n "$((count / 2))p"
}

bench_http() {
    local ours='' theirs='' size ours_at theirs_at
    start_server "$folder/shirube.log" "$programs/shirube" serve --store "$data/country.shirube" \
        --listen 127.0.0.1:0 --threads "$threads" --rate-per-client 0
    ours_at=$address
    size=$(median_size "$ours_at")
    start_server "$folder/bare_beast.log" "$programs/bench_bare_beast" --bytes "$size" --threads "$threads"
    theirs_at=$address
    seconds=2 load "$ours_at" >/dev/null
    seconds=2 load "$theirs_at" >/dev/null
    for _ in $(seq "$rounds"); do
        ours=$(better_of "$ours" "$(load "$ours_at")")
        theirs=$(better_of "$theirs" "$(load "$theirs_at")")
    done
    stop_servers

    local our_rate our_p50 our_p99 our_bad our_failed their_rate their_p50 their_p99 their_bad their_failed
    read -r our_rate our_p50 our_p99 our_bad our_failed <<<"$ours"
    read -r their_rate their_p50 their_p99 their_bad their_failed <<<"$theirs"
    if [[ $our_bad$our_failed$their_bad$their_failed != 0000 ]]; then
        echo "bench: answers went wrong: ours $our_bad + $our_failed, theirs $their_bad + $their_failed" >&2
        return 1
    fi
    local note="wrk -t$threads -c$connections -d${seconds}s, $threads server threads, load and server on one machine,"
    note+=" the better of $rounds rounds in turn; bodies of $size bytes (our median answer)"
    local rival="bare Beast, constant body"
    "$programs/bench_report" add --figures "$lines" --name "search over HTTP" --ours "$our_rate" --unit requests/s \
        --rival "$rival" --theirs "$their_rate" --wanted-ratio 0.5 --note "$note"
    "$programs/bench_report" add --figures "$lines" --name "search over HTTP, p50" --ours "$our_p50" --unit ms \
        --rival "$rival" --theirs "$their_p50" --lower-is-better
    "$programs/bench_report" add --figures "$lines" --name "search over HTTP, p99" --ours "$our_p99" --unit ms \
        --rival "$rival" --theirs "$their_p99" --lower-is-better
}

# ---- pages ----------------------------------------------------------------------------------------------------------

# time_page NAME FILE WANTED : one connection, so that what is measured is an answer and no queue
time_page() {
    local name=$1 file=$data/$2.txt wanted=$3 best='' rate p50 p99 bad failed result
    for _ in $(seq "$rounds"); do
        result=$(wrk -t1 -c1 -d3s --timeout 5s -s bench/addresses.lua "$address" -- "$file" page | sed -n 's/^RESULT //p')
        best=$(better_of "$best" "$result")
    done
    read -r rate p50 p99 bad failed <<<"$best"
    if [[ $bad$failed != 00 ]]; then
        echo "bench: $name: $bad answers went wrong, $failed failed" >&2
        return 1
    fi
    "$programs/bench_report" add --figures "$lines" --name "$name over loopback, p50" --ours "$p50" --unit ms \
        --wanted "$wanted" --lower-is-better \
        --note "wrk -t1 -c1 -d3s, compressed, the better of $rounds rounds; $rate requests/s, p99 $p99 ms"
}

bench_pages() {
    "$programs/bench_pages" "$data" --figures "$lines"
    start_server "$folder/shirube.log" "$programs/shirube" serve --store "$data/country.shirube" \
        --listen 127.0.0.1:0 --threads "$threads" --rate-per-client 0
    time_page "/" start 2
    time_page "/search near, one programme" search-near 2
    time_page "/search by a word" search-word 2
    time_page "/services/{id}" service 2
    time_page "/stages" stages 2
    time_page "suggestions: two characters" suggest-two 1
    time_page "suggestions: three characters and more" suggest-three 1
    stop_servers
    start_server "$folder/shirube.log" "$programs/shirube" serve --store "$data/city.shirube" \
        --listen 127.0.0.1:0 --threads "$threads" --rate-per-client 0
    time_page "/planner of a city" planner 2
    stop_servers
}

# serve_town: the demonstration town, loaded anew; sets `address`
serve_town() {
    rm -f "$folder"/town.shirube*
    demo/load.sh "$programs/shirube" "$folder/town.shirube" >/dev/null
    start_server "$folder/shirube.log" "$programs/shirube" serve --store "$folder/town.shirube" \
        --listen 127.0.0.1:0 --threads "$threads" --rate-per-client 0
}

# has_browser : Chromium and what drives it; said where one is missing
has_browser() {
    if [[ ! -x ${SHIRUBE_CHROMIUM:-/usr/bin/chromium} || ! -d node_modules/playwright-core ]]; then
        echo "No Chromium here: not measured."
        return 1
    fi
}

bench_views() {
    has_browser || return 0
    serve_town
    node bench/browser/first_view.mjs "$address" "$lines"
    stop_servers
}

bench_slider() {
    has_browser || return 0
    serve_town
    node bench/browser/slider.mjs "the demonstration town" "$address" "$lines"
    stop_servers
    start_server "$folder/shirube.log" "$programs/shirube" serve --store "$data/city.shirube" \
        --listen 127.0.0.1:0 --threads "$threads" --rate-per-client 0
    node bench/browser/slider.mjs "a city of 20 districts and 4,000 cells" "$address" "$lines"
    stop_servers
}

# ---- coverage -------------------------------------------------------------------------------------------------------

# fetch_meshes: which squares of 1 km are Japan's land and whose; sets `meshes`, empty where they cannot be had
fetch_meshes() {
    local made=$folder/meshes
    meshes=$made/node_modules/jp-data-mesh-csv/mirror
    [[ ! -d $meshes ]] || return 0
    mkdir -p "$made"
    cp bench/gaps/meshes/package.json bench/gaps/meshes/package-lock.json .npmrc "$made/"
    (cd "$made" && npm ci --ignore-scripts --loglevel=error) >/dev/null 2>&1 || true
    [[ -d $meshes ]] || { meshes='' && echo "The tables of meshes cannot be had: the country is made of blocks."; }
}

bench_coverage() {
    local options=(--figures "$lines") installed
    fetch_meshes
    [[ -z $meshes ]] || options+=(--meshes "$meshes")
    installed=$(postgis_programs)
    if [[ -z $installed ]]; then
        echo "PostGIS is not installed (postgresql-15, postgresql-15-postgis-3): nothing stands beside ours from there."
    elif start_postgis "$installed" "$folder/postgis.log"; then
        options+=(--postgis "$postgis_folder")
    else
        tail -n 5 "$folder/postgis.log" >&2
        echo "PostgreSQL did not start: nothing stands beside ours from there."
    fi
    "$programs/bench_coverage" "${options[@]}"
    stop_postgis
}

# ---- whole commands -------------------------------------------------------------------------------------------------

bench_demo() {
    [[ -x demo/load.sh ]] || return 0
    hyperfine --runs 3 --warmup 1 --style none --prepare "rm -f $folder/town.shirube*" --export-csv "$folder/demo.csv" \
        "demo/load.sh $programs/shirube $folder/town.shirube" >/dev/null
    "$programs/bench_report" add --figures "$lines" --name "the demonstration town: every list imported" \
        --ours "$(sed -n 2p "$folder/demo.csv" | awk -F, '{ print $4 }')" --unit s --lower-is-better \
        --note "hyperfine, median of 3 runs of demo/load.sh into a new store"
}

# ---- the run --------------------------------------------------------------------------------------------------------

machine() {
    printf '%s, %s cores, %s GiB, Linux %s, %s' \
        "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)" "$(nproc)" \
        "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" "$(uname -r)" "$(c++ --version | head -1)"
    awk '$1 > 0.7 { printf "; the machine was busy before the run (load %s)", $1 }' /proc/loadavg
}
machine=$(machine)
commit=$(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
[[ -z $(git status --porcelain 2>/dev/null) ]] || commit+=" with changes"

# The store is made again when the program that makes it is another one.
digest=$(sha256sum <"$programs/bench_make_data")
if [[ $(cat "$data/made_by" 2>/dev/null) != "$digest" ]]; then
    say "Making 200,000 services"
    rm -f "$data/made_by"
    "$programs/bench_make_data" "$data"
    echo "$digest" >"$data/made_by"
fi

run_part() {
    case $1 in
        areas) "$programs/bench_areas" --figures "$lines" ;;
        search) "$programs/bench_search" "$data" --figures "$lines" ;;
        match) "$programs/bench_match" "$data" --figures "$lines" ;;
        network) "$programs/bench_network" --figures "$lines" ;;
        coverage) bench_coverage ;;
        start) "$programs/bench_start" "$data" --figures "$lines" ;;
        staff) "$programs/bench_staff" "$data" --figures "$lines" ;;
        locating) "$programs/bench_locating" --figures "$lines" ;;
        imports) "$programs/bench_imports" "$data/lists" --figures "$lines" ;;
        http) bench_http ;;
        pages) bench_pages ;;
        views) bench_views ;;
        slider) bench_slider ;;
        demo) bench_demo ;;
    esac
}

loads=
for part in "${parts[@]}"; do
    say "$part (load $(load_now))"
    began=$SECONDS
    run_part "$part"
    echo "$part took $((SECONDS - began)) s (load $(load_now))"
    loads+="${loads:+, }$part $(load_now)"
done
machine+="; load after each part: $loads"

"$programs/bench_report" write --figures "$lines" --folder "$written" --commit "$commit" --machine "$machine" \
    --at "$(date -u +%Y-%m-%dT%H:%MZ)"
say "Written to $written/figures.md and $written/figures.json (in $SECONDS s)"
! grep -q 'not reached' "$written/figures.md" || { echo "Some figures did not reach what is wanted."; }
