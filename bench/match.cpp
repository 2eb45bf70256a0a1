// A caseworker's search over 200,000 services, on one thread: the whole answer (who could use what and why, ranked, in
// combinations, and why not), beside SpatiaLite that is asked for the candidates alone. That every choice stands among
// the candidates, and that none is missing, is compared before anything is timed.
#include "directory/match/match.hpp"

#include "bench/country/country.hpp"
#include "bench/country/on_disk.hpp"
#include "bench/match/posted_families.hpp"
#include "bench/measure/measure.hpp"
#include "bench/rivals/sqlite_calls.hpp"
#include "geo/distance.hpp"
#include "server/pages/pages.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
// clang-format off: spatialite.h wants sqlite3.h before itself
#include <spatialite.h>
#include <sqlite3.h>
// clang-format on

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::bench;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_families = 1'000;
constexpr std::size_t k_compared = 200;
const directory::Instant k_now = *directory::parse_instant("2026-11-26T10:00");

/// An elder child who needs a place and nights away, a baby, and a parent who has nobody to talk to; their home and a
/// school or a workplace some way off. Every second family walks, the other has a car.
directory::Family family_at(const Question& question, std::size_t number, const directory::MatchRules& rules) {
    constexpr double k_away_degrees = 0.03;
    directory::Family family;
    const geo::LonLat away{question.near.lon + k_away_degrees, question.near.lat};
    family.places = {{directory::PlaceRole::home, question.near},
                     {number % 4 < 2 ? directory::PlaceRole::school : directory::PlaceRole::work, away}};
    const auto need = [&](std::string_view code) { return rules.find_need(code).value(); };
    family.people.push_back({directory::PersonKind::child,
                             104,
                             directory::LifeStage::elementary,
                             0,
                             {need("after_school"), need("respite_nights")}});
    family.people.push_back({directory::PersonKind::child,
                             7,
                             directory::LifeStage::infant,
                             0,
                             {need("housework"), need("respite_evenings")}});
    family.people.push_back({directory::PersonKind::parent, {}, {}, 0, {need("talk"), need("parenting_skills")}});
    family.when = directory::TimeWindow{0b0011111, 15 * 60, 19 * 60};
    family.mode = number % 2 == 0 ? directory::TravelMode::walk : directory::TravelMode::car;
    return family;
}

/// The same services in SQLite: an R*Tree with the programme as a third axis, which is the fastest of the ways that
/// bench_search tries, joined with what filters look at.
class Rival {
  public:
    Rival(const fs::path& path, const directory::Reader& reader) : cache_(spatialite_alloc_connection()) {
        fs::remove(path);
        check(sqlite3_open(path.c_str(), &database_), database_, "open");
        spatialite_init_ex(database_, cache_, 0);
        run(database_, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
        run(database_, "SELECT InitSpatialMetaData(1)");
        run(database_, "BEGIN");
        run(database_,
            "CREATE TABLE service (id INTEGER PRIMARY KEY, programme INTEGER, from_months INTEGER, "
            "to_months INTEGER, status INTEGER, days INTEGER, "
            "from_minute INTEGER, to_minute INTEGER, geom BLOB)");
        run(database_, "CREATE VIRTUAL TABLE near USING rtree(id, west, east, south, north, low, high, +lon, +lat)");
        sqlite3_stmt* insert =
            prepared("INSERT INTO service VALUES (?1, ?2, ?3, ?4, ?5, ?8, ?9, ?10, MakePoint(?6, ?7, 4326))");
        for (const auto index : reader.services().indices()) {
            const auto& row = reader.services()[index];
            const auto& position = reader.sites()[row.site].position;
            if (!position) {
                continue;
            }
            sqlite3_bind_int64(insert, 1, index);
            sqlite3_bind_int(insert, 2, row.programme);
            bind(insert, 3, row.from_age_months);
            bind(insert, 4, row.to_age_months);
            sqlite3_bind_int(insert, 5, static_cast<int>(reader.status_on(index, k_now.day)));
            sqlite3_bind_double(insert, 6, position->lon);
            sqlite3_bind_double(insert, 7, position->lat);
            const auto rules = reader.rules(index); // one at most here
            if (rules.empty()) {
                for (const int parameter : {8, 9, 10}) {
                    sqlite3_bind_null(insert, parameter);
                }
            } else {
                sqlite3_bind_int(insert, 8, rules.front().weekdays);
                bind(insert, 9, rules.front().from_minute);
                bind(insert, 10, rules.front().to_minute);
            }
            check(sqlite3_step(insert), database_, "insert");
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run(database_,
            "INSERT INTO near SELECT id, ST_X(geom), ST_X(geom), ST_Y(geom), ST_Y(geom), programme, programme, "
            "ST_X(geom), ST_Y(geom) FROM service");
        run(database_, "COMMIT; ANALYZE");
        near_ = prepared(
            "SELECT s.id, ST_Distance(s.geom, MakePoint(?1, ?2, 4326), 1) AS distance FROM near AS n "
            "CROSS JOIN service AS s ON s.id = n.id WHERE n.low = ?3 AND n.east >= ?4 AND n.north >= ?5 "
            "AND n.west <= ?6 AND n.south <= ?7 AND s.status IN (0, 2) "
            "AND (s.days IS NULL OR (s.days & 31 AND s.from_minute < 1140 AND s.to_minute > 900)) "
            "AND (?8 < 0 OR ((s.from_months IS NULL OR s.from_months <= ?8) "
            "AND (s.to_months IS NULL OR s.to_months > ?8))) ORDER BY distance");
    }
    Rival(const Rival&) = delete;
    Rival& operator=(const Rival&) = delete;
    ~Rival() {
        sqlite3_finalize(near_);
        sqlite3_close(database_);
        spatialite_cleanup_ex(cache_);
    }

    /// The services of a need that could be offered, as far as programme, distance, day and age tell.
    /// \param age_months negative: nobody's age counts
    std::set<std::uint32_t> candidates(const std::vector<directory::ProgrammeIndex>& programmes,
                                       const std::vector<directory::FamilyPlace>& places, double radius_m,
                                       int age_months) {
        std::set<std::uint32_t> found;
        for (const auto programme : programmes) {
            for (const auto& place : places) {
                const geo::Box box = geo::LocalMetric(place.position).box_around(radius_m);
                sqlite3_bind_double(near_, 1, place.position.lon);
                sqlite3_bind_double(near_, 2, place.position.lat);
                sqlite3_bind_int(near_, 3, programme);
                sqlite3_bind_double(near_, 4, box.west);
                sqlite3_bind_double(near_, 5, box.south);
                sqlite3_bind_double(near_, 6, box.east);
                sqlite3_bind_double(near_, 7, box.north);
                sqlite3_bind_int(near_, 8, age_months);
                while (sqlite3_step(near_) == SQLITE_ROW) {
                    if (sqlite3_column_double(near_, 1) <= radius_m) {
                        found.insert(static_cast<std::uint32_t>(sqlite3_column_int64(near_, 0)));
                    }
                }
                sqlite3_reset(near_);
            }
        }
        return found;
    }

  private:
    sqlite3_stmt* prepared(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr), database_, sql);
        return statement;
    }
    template <class Number>
    static void bind(sqlite3_stmt* statement, int parameter, const std::optional<Number>& value) {
        if (value) {
            sqlite3_bind_int(statement, parameter, *value);
        } else {
            sqlite3_bind_null(statement, parameter);
        }
    }

    void* cache_;
    sqlite3* database_ = nullptr;
    sqlite3_stmt* near_ = nullptr;
};

/// As the shipped rules say it for these families.
int most_minutes(std::string_view need) { return need == "respite_nights" ? 60 : 30; }

std::vector<std::set<std::uint32_t>> ask(Rival& rival, const directory::MatchRules& rules,
                                         const directory::Family& family) {
    std::vector<std::set<std::uint32_t>> all;
    for (const auto& person : family.people) {
        for (const auto number : person.needs) {
            const auto& need = rules.needs[number];
            const bool walks_small =
                family.mode == directory::TravelMode::walk && person.age_months && *person.age_months < 72;
            all.push_back(rival.candidates(need.programmes, family.places,
                                           directory::reach_m(walks_small ? 20 : most_minutes(need.code), family.mode),
                                           person.age_months.value_or(-1)));
        }
    }
    return all;
}

/// Every choice that one goes to is a candidate of theirs, and there are as many as there can be.
void compare(const directory::Reader& reader, Rival& rival, const std::vector<directory::Family>& families) {
    const auto& rules = *directory::shipped_match_rules();
    std::size_t compared = 0;
    for (std::size_t number = 0; number < k_compared; ++number) {
        const auto answer = directory::match(reader, rules, families[number], k_now);
        const auto theirs = ask(rival, rules, families[number]);
        for (std::size_t pair = 0; pair < answer.choices.size(); ++pair) {
            std::size_t go_there = 0;
            for (const auto& choice : answer.choices[pair]) {
                const auto& entry = answer.shortlist[choice.entry];
                if (entry.way && !theirs[pair].contains(entry.service) &&
                    entry.way->minutes * 1.01 + 1 < most_minutes(rules.needs[answer.pairs[pair].need].code)) {
                    throw std::runtime_error("a choice is none of the rival's candidates");
                }
                go_there += entry.way ? 1 : 0;
            }
            const bool some_come = go_there < answer.choices[pair].size();
            if (!some_come && go_there + 1 < std::min<std::size_t>(theirs[pair].size(), directory::k_choices_each)) {
                throw std::runtime_error("a candidate of the rival's is missing among the choices");
            }
            compared += go_there;
        }
    }
    if (compared == 0) {
        throw std::runtime_error("nobody was offered anything: nothing was compared");
    }
    fmt::print("{} choices of {} families stand among the rival's candidates\n", compared, k_compared);
}

struct Spread {
    double p50_ms = 0;
    double p99_ms = 0;
};

template <class Work>
Spread spread_of(std::size_t count, Work&& work) {
    std::vector<double> ms;
    for (std::size_t number = 0; number < count; ++number) {
        const auto begin = std::chrono::steady_clock::now();
        work(number);
        ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::ranges::sort(ms);
    return {ms[ms.size() / 2], ms[ms.size() * 99 / 100]};
}

/// The request itself, as the API and as the page take it.
void time_posts(const fs::path& folder, const fs::path& figures, const std::vector<directory::Family>& families,
                std::size_t services) {
    server::prepare_pages();
    const auto& rules = *directory::shipped_match_rules();
    Caseworker caseworker(folder / "country.shirube", municipality_code(0));
    using Asked = server::Request (Caseworker::*)(const directory::Family&, const directory::MatchRules&) const;
    for (const auto& [name, asked] : {std::pair<std::string, Asked>{"POST /api/v1/staff/match", &Caseworker::to_api},
                                      std::pair<std::string, Asked>{"POST /staff/match", &Caseworker::from_form}}) {
        std::vector<server::Request> requests;
        for (const auto& family : families) {
            requests.push_back((caseworker.*asked)(family, rules));
        }
        (void)caseworker.ask(requests.front(), k_now); // the audience's edition is made for whoever comes first
        std::size_t bytes = 0;
        const auto spread = spread_of(requests.size(), [&](std::size_t number) {
            bytes += caseworker.ask(requests[number], k_now).content().size();
        });
        Figure figure;
        figure.name = fmt::format("{} over {} services, p50", name, services);
        figure.ours = spread.p50_ms;
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.wanted = 5;
        figure.note = fmt::format(
            "{} families, each once, on one thread: session, form, matching, words; {} kB each "
            "before compression",
            requests.size(), bytes / requests.size() / 1000);
        report(figure, figures);
        figure.name = fmt::format("{} over {} services, p99", name, services);
        figure.ours = spread.p99_ms;
        figure.wanted.reset();
        figure.note.clear();
        report(figure, figures);
    }
}

void run_all(const fs::path& folder, const fs::path& figures) {
    const auto reader = open_reader(folder / "country.shirube");
    const auto& rules = *directory::shipped_match_rules();
    std::vector<directory::Family> families;
    for (const auto& question : make_questions(make_country(), k_families)) {
        families.push_back(family_at(question, families.size(), rules));
    }
    Rival rival(folder / "rival_match.sqlite", reader);
    compare(reader, rival, families);

    std::size_t considered = 0;
    std::size_t listed = 0;
    const auto ours = spread_of(families.size(), [&](std::size_t number) {
        const auto answer = directory::match(reader, rules, families[number], k_now);
        considered += answer.considered;
        listed += answer.shortlist.size();
    });
    const auto theirs =
        spread_of(k_compared, [&](std::size_t number) { considered += ask(rival, rules, families[number]).size(); });

    Figure figure;
    figure.name =
        fmt::format("match: a family of three, six needs, two places, over {} services, p50", reader.services().size());
    figure.ours = ours.p50_ms;
    figure.theirs = theirs.p50_ms;
    figure.rival = "SpatiaLite: the candidates alone";
    figure.unit = "ms";
    figure.better = Better::lower;
    figure.wanted = 5;
    figure.note = fmt::format(
        "{} families, each once; {} services looked at and {} listed by the mean of them; SQL: "
        "R*Tree with the programme as a third axis, ST_Distance, ages, hours and status",
        families.size(), considered / families.size(), listed / families.size());
    report(figure, figures);
    figure.name = "match: the same, p99";
    figure.ours = ours.p99_ms;
    figure.theirs = theirs.p99_ms;
    figure.wanted.reset();
    figure.note.clear();
    report(figure, figures);
    time_posts(folder, figures, families, reader.services().size());
}

} // namespace

int main(int argc, char** argv) {
    fs::path folder;
    fs::path figures;
    CLI::App app("A caseworker's search");
    app.add_option("folder", folder, "what make_data made")->required();
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run_all(folder, figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_match: {}\n", error.what());
        return 1;
    }
    return 0;
}
