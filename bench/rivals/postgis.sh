# A PostgreSQL server for the rival: a cluster of its own in a temporary folder, on a socket in there and on no port,
# under a user who may do nothing else, ended by its process number. Sourced by bench/run.sh.
# shellcheck shell=bash

# postgis_programs: the folder of the newest PostgreSQL here that has PostGIS, if any
postgis_programs() {
    local folder version
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        version=$(basename "$(dirname "$folder")")
        [[ -x $folder/postgres && -x $folder/initdb ]] || continue
        [[ -f /usr/share/postgresql/$version/extension/postgis.control ]] || continue
        echo "$folder"
        return
    done
}

# start_postgis PROGRAMS LOG: sets `postgis_folder` (its socket's folder too) and `postgis_process`
start_postgis() {
    local programs=$1 log=$2 as_nobody=()
    postgis_folder=$(mktemp -d /tmp/bench-postgis-XXXXXX)
    # PostgreSQL does not run as root.
    if [[ $EUID -eq 0 ]]; then
        chown nobody "$postgis_folder"
        as_nobody=(setpriv --reuid=nobody --regid=nogroup --clear-groups --)
    fi
    (cd "$postgis_folder" && "${as_nobody[@]}" "$programs/initdb" --pgdata="$postgis_folder/data" --username=bench \
        --auth=trust --encoding=UTF8 --locale=C --no-sync) >"$log" 2>&1 || return 1
    local settings=(listen_addresses='' unix_socket_directories="$postgis_folder" max_connections=8
        fsync=off synchronous_commit=off full_page_writes=off wal_level=minimal max_wal_senders=0 max_wal_size=4GB
        shared_buffers=1GB effective_cache_size=4GB work_mem=256MB maintenance_work_mem=512MB
        random_page_cost=1.1 jit=off max_parallel_workers_per_gather=2 max_parallel_workers=2)
    (cd "$postgis_folder" && exec "${as_nobody[@]}" "$programs/postgres" -D "$postgis_folder/data" "${settings[@]/#/--}") \
        >>"$log" 2>&1 &
    postgis_process=$!
    for _ in $(seq 300); do
        [[ ! -S $postgis_folder/.s.PGSQL.5432 ]] || return 0
        kill -0 "$postgis_process" 2>/dev/null || break
        sleep 0.1
    done
    return 1
}

stop_postgis() {
    if [[ -n ${postgis_process:-} ]]; then
        kill -INT "$postgis_process" 2>/dev/null && wait "$postgis_process" 2>/dev/null || true
        postgis_process=
    fi
    [[ -z ${postgis_folder:-} ]] || rm -rf "$postgis_folder"
    postgis_folder=
}
