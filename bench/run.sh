#!/usr/bin/env bash
# Takes every figure beside its rival, in one run, on one machine: bench/run.sh [BUILD_FOLDER]
# Needs the target `bench` to be built. Writes build/bench/figures.md and figures.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

programs=$(realpath "${1:-build/release}")
folder=build/bench
data=$folder/data
lines=$folder/figures.jsonl
seconds=8
connections=64
threads=2
rounds=2

mkdir -p "$folder"
rm -f "$lines"
say() { printf '\n==> %s\n' "$*"; }

# ---- servers: started on a free port, ended by their process numbers ------------------------------------------------

servers=()
stop_servers() {
    local pid
    for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
    servers=()
}
trap stop_servers EXIT

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

say "Points to polygons"
"$programs/bench_areas" --figures "$lines"
say "Searches"
"$programs/bench_search" "$data" --figures "$lines"
say "Start"
"$programs/bench_coverage" --figures "$lines"
"$programs/bench_start" "$data" --figures "$lines"
say "Staff"
"$programs/bench_staff" "$data" --figures "$lines"
say "Locating"
"$programs/bench_locating" --figures "$lines"
say "A whole import"
"$programs/bench_imports" "$data/lists" --figures "$lines"
say "HTTP"
bench_http
say "The demonstration town"
bench_demo

"$programs/bench_report" write --figures "$lines" --folder "$folder" --commit "$commit" --machine "$machine" \
    --at "$(date -u +%Y-%m-%dT%H:%MZ)"
say "Written to $folder/figures.md and $folder/figures.json"
! grep -q 'not reached' "$folder/figures.md" || { echo "Some figures did not reach what is wanted."; }
