// Coverage of a city, a prefecture and a country: the whole answer, beside one SQL statement over the same data;
// written out, beside a document that is built first; on several days, beside one answer a day.
#include "directory/coverage.hpp"

#include "bench/gaps/gap_country.hpp"
#include "bench/gaps/sql_gaps.hpp"
#include "bench/measure/measure.hpp"
#include "directory/calendar.hpp"
#include "directory/coverage/trend.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "server/api/coverage_documents.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <stdexcept>

using namespace shirube;
using namespace shirube::bench;

namespace {

constexpr double k_reach_m = 1200;

directory::Policy reach_policy() {
    directory::Policy policy;
    policy.id = "bench";
    policy.any_of = {*directory::Taxonomy::shipped().by_code(gap_programmes().front())};
    policy.reading = directory::ReadingKind::reach;
    policy.reach_share = 0.8;
    policy.travel = {"walk", k_reach_m / 80, 80, 1};
    return policy;
}

directory::Policy supply_policy() {
    directory::Policy policy = reach_policy();
    policy.reading = directory::ReadingKind::supply;
    policy.reach_share.reset();
    policy.supply = directory::Supply{};
    policy.supply->reach_m = k_reach_m;
    return policy;
}

directory::Policy evening_policy() {
    directory::Policy policy = reach_policy();
    policy.when = directory::TimeWindow{0b0011111, 17 * 60, 20 * 60};
    policy.ages = directory::AgeBand{12, 15};
    return policy;
}

/// Every district's figures, ours and the rival's; distances within a thousandth of the edge may fall either way.
void require_same(const directory::Coverage& ours, const std::vector<SqlDistrict>& theirs) {
    std::int64_t off = 0;
    std::int64_t all = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const auto& district = ours.districts[i];
        if (district.services != theirs[i].services || district.children != theirs[i].children) {
            throw std::runtime_error(fmt::format("district {} differs from the rival's", i));
        }
        off += std::abs(*district.children_covered - theirs[i].children_covered);
        all += theirs[i].children;
    }
    if (off * 2000 > all) {
        throw std::runtime_error(fmt::format("{} of {} children are reached by one and not by the other", off, all));
    }
}

struct Asked {
    GapSize size;
    double wanted_ms;
    bool has_rival; ///< the country takes SQL minutes
};

constexpr directory::Instant at_noon() {
    using namespace std::chrono;
    return {directory::Day{year{2026} / November / 21}, 720};
}

/// The same land, a service in fifty of which began or ends on the first of April of some year.
void run_trend(const Asked& asked, const std::filesystem::path& figures) {
    auto state = make_gap_state(asked.size);
    for (std::size_t i = 0; i < state.services.size(); i += 50) {
        using namespace std::chrono;
        const directory::Day first{year{2020 + static_cast<int>(i / 50 % 11)} / April / 1};
        auto& service = state.services[i];
        (i % 100 == 0 ? service.valid_from : service.valid_to) = first;
    }
    const directory::Reader reader(
        directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(), directory::Holidays::shipped()));
    const auto policy = reach_policy();
    const auto& layer = reader.layers().front();
    const auto now = compute_coverage(reader, policy, layer, at_noon());
    const auto points = trend_of(reader, now);
    constexpr std::chrono::milliseconds k_long(400);
    Figure figure;
    figure.name = fmt::format("trend of {}, reach, {} days", asked.size.name, points.size());
    figure.ours = 1000 * median_seconds([&] { (void)trend_of(reader, now); }, k_long, 3);
    figure.unit = "ms";
    figure.better = Better::lower;
    figure.rival = "one answer a day";
    figure.theirs = 1000 * median_seconds(
                               [&] {
                                   for (const auto& point : points) {
                                       (void)compute_coverage(reader, policy, layer, {point.day, 0});
                                   }
                               },
                               k_long, 3);
    for (const auto& point : points) {
        if (point.totals != compute_coverage(reader, policy, layer, {point.day, 0}).totals) {
            throw std::runtime_error(fmt::format("the trend differs on {}", directory::to_string(point.day)));
        }
    }
    report(figure, figures);
}

void run(const Asked& asked, const std::filesystem::path& figures) {
    auto state = make_gap_state(asked.size);
    std::unique_ptr<SqlGaps> rival;
    if (asked.has_rival) {
        rival = std::make_unique<SqlGaps>(state, gap_programmes().front(), k_reach_m);
    }
    const directory::Reader reader(
        directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(), directory::Holidays::shipped()));
    const auto& layer = reader.layers().front();
    const directory::Instant at{*directory::parse_day("2026-11-21"), 600};
    constexpr std::int64_t k_every_count = 1;
    const auto answer = [&](const directory::Policy& policy) {
        return compute_coverage(reader, policy, layer, at, k_every_count);
    };
    constexpr std::chrono::milliseconds k_long(400);
    const auto report_one = [&](const directory::Policy& policy, std::string_view words, bool beside) {
        Figure figure;
        figure.name = fmt::format("coverage of {}, {}", asked.size.name, words);
        figure.ours = 1000 * median_seconds([&] { (void)answer(policy); }, k_long);
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.wanted = asked.wanted_ms;
        figure.note = fmt::format("{} districts, {} cells, {} services of 20 programmes", asked.size.districts,
                                  asked.size.districts * asked.size.cells_of_district, asked.size.services);
        if (beside && rival) {
            require_same(answer(policy), rival->answer());
            figure.rival = "SpatiaLite, spatial index + ST_Distance, one statement";
            figure.theirs = 1000 * median_seconds([&] { (void)rival->answer(); }, k_long, 3);
        }
        report(figure, figures);
    };
    report_one(reach_policy(), "reach within 1,200 m", true);
    report_one(supply_policy(), "shared capacity (E2SFCA)", false);
    report_one(evening_policy(), "evening places for pupils", false);
    Figure written;
    written.name = fmt::format("coverage of {}, reach, as JSON", asked.size.name);
    const auto policy = reach_policy();
    written.ours = 1000 * median_seconds([&] { (void)server::coverage_json_text(reader, answer(policy)); }, k_long);
    written.unit = "ms";
    written.better = Better::lower;
    written.wanted = asked.wanted_ms;
    written.note = "The answer written out, districts without their shapes";
    written.rival = "as a document of nlohmann::json, dumped";
    written.theirs =
        1000 * median_seconds([&] { (void)server::coverage_json(reader, answer(policy)).dump(); }, k_long, 3);
    report(written, figures);
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path figures;
    std::string only;
    CLI::App app("Coverage of a city, a prefecture, a country");
    app.add_option("--figures", figures, "Append to this file of JSON lines");
    app.add_option("--only", only, "city, prefecture or country");
    CLI11_PARSE(app, argc, argv);
    try {
        const std::array<Asked, 3> all{{{{"a city", 20, 200, 500}, 1, true},
                                        {{"a prefecture", 440, 91, 5'000}, 10, true},
                                        {{"a country", 10'000, 150, 200'000}, 200, false}}};
        for (const auto& asked : all) {
            if (only.empty() || asked.size.name.ends_with(only)) {
                run(asked, figures);
                run_trend(asked, figures);
            }
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_coverage: {}\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
