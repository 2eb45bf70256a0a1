// Coverage of a city, a prefecture and a country: the whole answer, beside SQL statements and a plain program over the
// same data; written out, beside a document that is built first; on several days, beside one answer a day; and of every
// programme at once.
#include "directory/coverage.hpp"

#include "bench/gaps/gap_land.hpp"
#include "bench/gaps/gap_rival.hpp"
#include "bench/gaps/grid_gaps.hpp"
#include "bench/gaps/postgis_gaps.hpp"
#include "bench/gaps/spatialite_gaps.hpp"
#include "bench/measure/measure.hpp"
#include "bench/measure/spread.hpp"
#include "directory/calendar.hpp"
#include "directory/coverage/trend.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "server/api/coverage_documents.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>

using namespace shirube;
using namespace shirube::bench;

namespace {

constexpr std::int64_t k_every_count = 1;
constexpr std::chrono::milliseconds k_long(1000);

directory::ProgrammeIndex programme_index(const std::string& code) {
    return *directory::Taxonomy::shipped().by_code(code);
}

/// Straight lines: a metre on the ground for a metre on the map, as rivals measure.
directory::Policy policy_of(GapQuestion question, const std::string& programme) {
    directory::Policy policy;
    policy.id = "bench";
    policy.any_of = {programme_index(programme)};
    policy.travel = {"walk", k_reach_m / 80, 80, 1};
    switch (question) {
        case GapQuestion::presence:
            break;
        case GapQuestion::reach:
            policy.reading = directory::ReadingKind::reach;
            policy.reach_share = 0.8;
            break;
        case GapQuestion::supply:
            policy.reading = directory::ReadingKind::supply;
            policy.supply = directory::Supply{};
            policy.supply->is_gaussian = true;
            policy.supply->sigma_m = k_sigma_m;
            policy.supply->reach_m = k_reach_m;
            break;
    }
    return policy;
}

directory::Policy asked_policy(GapQuestion question) { return policy_of(question, gap_programmes().front()); }

directory::Policy step_policy() {
    directory::Policy policy = asked_policy(GapQuestion::supply);
    policy.supply->is_gaussian = false;
    return policy;
}

directory::Policy evening_policy() {
    directory::Policy policy = asked_policy(GapQuestion::reach);
    policy.when = directory::TimeWindow{0b0011111, 17 * 60, 20 * 60};
    policy.ages = directory::AgeBand{12, 15};
    return policy;
}

/// Every district's figures, ours and the rival's. Ways of measuring distance differ by a thousandth, so that few
/// children at the edge fall either way; the sums of all differences may be a two-thousandth of the whole.
void require_same(const directory::Coverage& ours, GapQuestion question, const std::vector<GapFigures>& theirs,
                  std::string_view whose) {
    double off = 0;
    double all = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const auto& district = ours.districts.at(i);
        if (district.services != theirs[i].services || district.children.value_or(0) != theirs[i].children) {
            throw std::runtime_error(fmt::format("{}: district {} has {} services and {} children, ours {} and {}",
                                                 whose, i, theirs[i].services, theirs[i].children, district.services,
                                                 district.children.value_or(0)));
        }
        if (question == GapQuestion::reach) {
            off += std::abs(static_cast<double>(district.children_covered.value_or(0)) - theirs[i].value);
            all += static_cast<double>(theirs[i].children);
        } else if (question == GapQuestion::supply) {
            const double held = district.supply_ratio.value_or(0) * static_cast<double>(theirs[i].children);
            off += std::abs(held - theirs[i].value);
            all += theirs[i].value;
        }
    }
    if (off * 2000 > all) {
        throw std::runtime_error(fmt::format("{} differs from ours by {} of {}", whose, off, all));
    }
}

struct Asked {
    GapSize size;
    double wanted_ms;
};

constexpr directory::Instant at_noon() {
    using namespace std::chrono;
    return {directory::Day{year{2026} / November / 21}, 720};
}

/// The land of a size: the country's is Japan's where its squares are at hand.
GapLand land_of(const Asked& asked, const std::filesystem::path& meshes) {
    constexpr std::size_t k_country = 10'000;
    return asked.size.districts >= k_country && !meshes.empty() ? make_mesh_land(asked.size, meshes)
                                                                : make_block_land(asked.size);
}

/// The same land, a service in fifty of which began or ends on the first of April of some year.
void run_trend(const Asked& asked, directory::State state, const std::filesystem::path& figures) {
    for (std::size_t i = 0; i < state.services.size(); i += 50) {
        using namespace std::chrono;
        const directory::Day first{year{2020 + static_cast<int>(i / 50 % 11)} / April / 1};
        auto& service = state.services[i];
        (i % 100 == 0 ? service.valid_from : service.valid_to) = first;
    }
    const directory::Reader reader(
        directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(), directory::Holidays::shipped()));
    const auto policy = asked_policy(GapQuestion::reach);
    const auto& layer = reader.layers().front();
    const auto now = compute_coverage(reader, policy, layer, at_noon());
    const auto points = trend_of(reader, now);
    Figure figure;
    figure.name = fmt::format("trend of {}, reach, {} days", asked.size.name, points.size());
    figure.ours = 1000 * least_seconds([&] { (void)trend_of(reader, now); }, k_long);
    figure.unit = "ms";
    figure.better = Better::lower;
    figure.rival = "one answer a day";
    figure.theirs = 1000 * least_seconds(
                               [&] {
                                   for (const auto& point : points) {
                                       (void)compute_coverage(reader, policy, layer, {point.day, 0});
                                   }
                               },
                               k_long);
    for (const auto& point : points) {
        if (point.totals != compute_coverage(reader, policy, layer, {point.day, 0}).totals) {
            throw std::runtime_error(fmt::format("the trend differs on {}", directory::to_string(point.day)));
        }
    }
    report(figure, figures);
}

/// What a rival's plans took: the best of each question.
struct PlanTime {
    std::string name;
    double ms = 0;
};
using PlanTimes = std::map<GapQuestion, std::vector<PlanTime>>;

/// A plan that takes seconds is not asked again after its answer was compared.
PlanTimes time_plans(GapRival& rival, const std::map<GapQuestion, directory::Coverage>& ours) {
    PlanTimes times;
    for (std::size_t plan = 0; plan < rival.plans().size(); ++plan) {
        const auto& [name, question, sql] = rival.plans()[plan];
        std::vector<GapFigures> answer;
        const Clock clock;
        try {
            answer = rival.answer(plan);
        } catch (const TookTooLong&) {
            times[question].push_back({fmt::format("{} (given up)", name), 1000.0 * k_patience_s});
            continue;
        }
        const double first_s = clock.ms() / 1000;
        require_same(ours.at(question), question, answer, fmt::format("{}, {}", rival.name(), name));
        constexpr double k_slow_s = 5;
        double seconds = first_s;
        if (first_s < k_slow_s) {
            seconds = std::min(first_s, least_seconds([&] { (void)rival.answer(plan); }, k_long));
        }
        times[question].push_back({name, 1000 * seconds});
    }
    for (auto& [question, of] : times) {
        std::ranges::sort(of, {}, &PlanTime::ms);
    }
    return times;
}

void beside(Figure& figure, std::string_view rival, const std::vector<PlanTime>& plans) {
    figure.rival = fmt::format("{}, {}", rival, plans.front().name);
    figure.theirs = plans.front().ms;
    for (std::size_t i = 1; i < plans.size(); ++i) {
        figure.note += fmt::format("{}{}: {} ms", i == 1 ? "; other plans of the rival: " : ", ", plans[i].name,
                                   in_digits(plans[i].ms));
    }
}

class CoverageBench {
  public:
    CoverageBench(const Asked& asked, GapLand land, const std::string& postgis, std::filesystem::path figures)
        : asked_(asked), figures_(std::move(figures)), grid_(land) {
        note_ = fmt::format("{} districts, {} cells, {} services of 20 programmes", land.state.districts.size(),
                            land.state.cells.size(), land.state.services.size());
        // Rivals read the land before ours takes it over.
        rivals_.push_back(std::make_unique<SpatialiteGaps>(land, gap_programmes().front()));
        if (!postgis.empty()) {
            rivals_.push_back(std::make_unique<PostgisGaps>(land, gap_programmes().front(), postgis));
        }
        reader_.emplace(directory::Snapshot::build(std::move(land.state), directory::Taxonomy::shipped(),
                                                   directory::Holidays::shipped()));
    }

    void run() {
        const std::map<GapQuestion, std::string_view> words{{GapQuestion::presence, "presence"},
                                                            {GapQuestion::reach, "reach within 1,200 m"},
                                                            {GapQuestion::supply, "E2SFCA"}};
        std::map<GapQuestion, directory::Coverage> answers;
        for (const auto& [question, name] : words) {
            answers.emplace(question, answer(kept(asked_policy(question))));
        }
        std::vector<PlanTimes> rivals;
        for (const auto& rival : rivals_) {
            rivals.push_back(time_plans(*rival, answers));
        }
        for (const auto& [question, name] : words) {
            Figure figure = figure_of(fmt::format("coverage of {}, {}", asked_.size.name, name),
                                      [&, policy = asked_policy(question)] { (void)answer(policy); });
            for (std::size_t i = 0; i < rivals.size(); ++i) {
                Figure one = figure;
                beside(one, rivals_[i]->name(), rivals[i].at(question));
                report(one, figures_);
            }
            const auto programme = programme_index(gap_programmes().front());
            require_same(answers.at(question), question, grid_.answer(question, programme), "the plain program");
            figure.rival = "a plain program: arrays, a grid, two threads";
            figure.theirs = 1000 * least_seconds([&] { (void)grid_.answer(question, programme); }, k_long);
            report(figure, figures_);
        }
        report(figure_of(fmt::format("coverage of {}, shared capacity within 1,200 m", asked_.size.name),
                         [&, policy = step_policy()] { (void)answer(policy); }),
               figures_);
        report(figure_of(fmt::format("coverage of {}, evening places for pupils", asked_.size.name),
                         [&, policy = evening_policy()] { (void)answer(policy); }),
               figures_);
        written_out();
        for (const auto question : {GapQuestion::reach, GapQuestion::supply}) {
            every_programme(question, words.at(question));
        }
    }

  private:
    [[nodiscard]] directory::Coverage answer(const directory::Policy& policy) const {
        const directory::Instant at{*directory::parse_day("2026-11-21"), 600};
        return compute_coverage(*reader_, policy, reader_->layers().front(), at, k_every_count);
    }
    /// An answer points to its policy.
    const directory::Policy& kept(directory::Policy policy) {
        return *policies_.emplace_back(std::make_unique<directory::Policy>(std::move(policy)));
    }

    [[nodiscard]] Figure figure_of(std::string name, const std::function<void()>& round) const {
        Figure figure;
        figure.name = std::move(name);
        figure.ours = 1000 * least_seconds(round, k_long);
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.wanted = asked_.wanted_ms;
        figure.note = note_;
        return figure;
    }

    void written_out() const {
        const auto policy = asked_policy(GapQuestion::reach);
        Figure written = figure_of(fmt::format("coverage of {}, reach, as JSON", asked_.size.name),
                                   [&] { (void)server::coverage_json_text(*reader_, answer(policy)); });
        written.note = "The answer written out, districts without their shapes";
        written.rival = "as a document of nlohmann::json, dumped";
        written.theirs =
            1000 * least_seconds([&] { (void)server::coverage_json(*reader_, answer(policy)).dump(); }, k_long);
        report(written, figures_);
    }

    /// One whole answer for each programme, one after the other, as the product can be asked today.
    void every_programme(GapQuestion question, std::string_view name) {
        std::vector<directory::Policy> policies;
        for (const auto& programme : gap_programmes()) {
            policies.push_back(policy_of(question, programme));
            require_same(answer(policies.back()), question, grid_.answer(question, programme_index(programme)),
                         fmt::format("the plain program, {}", programme));
        }
        Figure figure = figure_of(fmt::format("coverage of {}, {}, every programme", asked_.size.name, name), [&] {
            for (const auto& policy : policies) {
                (void)answer(policy);
            }
        });
        figure.wanted.reset();
        figure.note = fmt::format("{}; one answer after the other, in all {}", note_, policies.size());
        figure.rival = "a plain program: arrays, a grid, two threads";
        figure.theirs = 1000 * least_seconds(
                                   [&] {
                                       for (const auto& programme : gap_programmes()) {
                                           (void)grid_.answer(question, programme_index(programme));
                                       }
                                   },
                                   k_long);
        report(figure, figures_);
    }

    const Asked& asked_;
    std::filesystem::path figures_;
    std::string note_;
    GridGaps grid_;
    std::vector<std::unique_ptr<GapRival>> rivals_;
    std::optional<directory::Reader> reader_;
    std::vector<std::unique_ptr<const directory::Policy>> policies_;
};

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path figures;
    std::filesystem::path meshes;
    std::string only;
    std::string postgis;
    CLI::App app("Coverage of a city, a prefecture, a country");
    app.add_option("--figures", figures, "Append to this file of JSON lines");
    app.add_option("--only", only, "city, prefecture or country");
    app.add_option("--meshes", meshes, "Tables of the land's squares of 1 km; without, the country is made of blocks");
    app.add_option("--postgis", postgis, "Folder of the socket of a PostgreSQL server with PostGIS");
    CLI11_PARSE(app, argc, argv);
    try {
        const std::array<Asked, 3> all{{{{"a city", 20, 200, 500}, 1},
                                        {{"a prefecture", 440, 91, 5'000}, 10},
                                        {{"a country", 10'000, 150, 200'000}, 200}}};
        for (const auto& asked : all) {
            if (only.empty() || asked.size.name.ends_with(only)) {
                GapLand land = land_of(asked, meshes);
                directory::State state = land.state;
                CoverageBench(asked, std::move(land), postgis, figures).run();
                run_trend(asked, std::move(state), figures);
            }
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_coverage: {}\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
