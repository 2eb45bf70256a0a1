// "Within 2 km of here, one programme, the 20 nearest" over 200,000 services, on one thread: the engine beside
// SpatiaLite and SQLite's own R*Tree on the same places. Answers are compared before anything is timed.
#include "bench/country/country.hpp"
#include "bench/country/on_disk.hpp"
#include "bench/measure/measure.hpp"
#include "bench/rivals/spatialite_places.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <stdexcept>

using namespace shirube;
using namespace shirube::bench;

namespace {

constexpr double k_radius_m = 2'000;
constexpr std::size_t k_count = 20;
constexpr std::size_t k_questions = 20'000;
constexpr std::size_t k_compared = 2'000;

/// How far two ways of measuring may differ: what the engine promises, and what a sphere is off by.
double tolerance(Distances distances) { return distances == Distances::geodesic ? 0.001 : 0.006; }

class Engine {
  public:
    explicit Engine(directory::Reader reader) : reader_(std::move(reader)), programmes_(programme_indexes(reader_)) {
        query_.at = directory::parse_instant("2026-11-21T14:00").value();
        query_.radius_m = k_radius_m;
        query_.sort = directory::Sort::distance;
        query_.limit = k_count;
        query_.programmes.resize(1);
    }

    directory::SearchResult search(const Question& question) {
        query_.near = question.near;
        query_.programmes[0] = programmes_[question.programme];
        return reader_.search(query_);
    }

    [[nodiscard]] std::vector<Found> nearest(const Question& question) {
        std::vector<Found> found;
        for (const directory::Hit& hit : search(question).hits) {
            found.push_back({place_number(reader_, hit.service), hit.distance_m});
        }
        return found;
    }

    [[nodiscard]] std::size_t size() const { return reader_.services().size(); }

  private:
    directory::Reader reader_;
    std::vector<directory::ProgrammeIndex> programmes_;
    directory::SearchQuery query_;
};

/// The same places in the same order, but for those whose distances are too close to call for one of the two.
bool agree(const std::vector<Found>& ours, const std::vector<Found>& theirs, double part) {
    const auto close = [&](double a, double b) { return std::abs(a - b) <= part * std::max(a, b) + 0.02; };
    const auto at_edge = [&](const std::vector<Found>& longer, std::size_t from) {
        return std::all_of(longer.begin() + static_cast<std::ptrdiff_t>(from), longer.end(),
                           [&](const Found& found) { return close(found.distance_m, k_radius_m); });
    };
    const std::size_t shared = std::min(ours.size(), theirs.size());
    for (std::size_t at = 0; at < shared; ++at) {
        if (!close(ours[at].distance_m, theirs[at].distance_m)) {
            return false;
        }
        const auto is_same = [&](const Found& found) { return found.place == ours[at].place; };
        const auto same = std::find_if(theirs.begin(), theirs.end(), is_same);
        const double last_m = theirs.back().distance_m;
        if (same == theirs.end() ? !close(ours[at].distance_m, last_m)
                                 : !close(ours[at].distance_m, same->distance_m)) {
            return false;
        }
    }
    return at_edge(ours, shared) && at_edge(theirs, shared);
}

void compare(Engine& engine, RivalSearch& rival, const std::vector<Question>& questions) {
    std::vector<Found> theirs;
    std::size_t found = 0;
    for (std::size_t number = 0; number < k_compared; ++number) {
        const auto ours = engine.nearest(questions[number]);
        rival.nearest(questions[number], k_radius_m, k_count, theirs);
        found += ours.size();
        if (!agree(ours, theirs, tolerance(rival.plan().distances))) {
            throw std::runtime_error(
                fmt::format("question {}: the engine and '{}' answer differently ({} and {} places)", number,
                            rival.plan().name, ours.size(), theirs.size()));
        }
    }
    if (found == 0) {
        throw std::runtime_error("no question had an answer: nothing was compared");
    }
}

double rival_searches_a_second(RivalSearch& rival, const std::vector<Question>& questions) {
    std::vector<Found> out;
    std::size_t next = 0;
    constexpr std::size_t k_round = 200;
    const double seconds = median_seconds(
        [&] {
            for (std::size_t number = 0; number < k_round; ++number) {
                rival.nearest(questions[next++ % questions.size()], k_radius_m, k_count, out);
            }
        },
        std::chrono::milliseconds(700));
    return k_round / seconds;
}

double our_searches_a_second(Engine& engine, const std::vector<Question>& questions) {
    std::size_t hits = 0;
    const double seconds = median_seconds(
        [&] {
            for (const Question& question : questions) {
                hits += engine.search(question).hits.size();
            }
        },
        std::chrono::milliseconds(700));
    if (hits == 0) {
        throw std::runtime_error("the engine found nothing");
    }
    return static_cast<double>(questions.size()) / seconds;
}

void run(const std::filesystem::path& folder, const std::filesystem::path& figures) {
    const Country country = make_country();
    const auto questions = make_questions(country, k_questions);
    Engine engine(open_reader(folder / "country.shirube"));
    if (engine.size() != k_services) {
        throw std::runtime_error(fmt::format("the store holds {} services, not {}", engine.size(), k_services));
    }
    std::vector<RivalSearch> rivals;
    for (const Plan& plan : plans()) {
        rivals.emplace_back(folder / "rival.sqlite", plan);
        compare(engine, rivals.back(), questions);
    }
    fmt::print("{} answers of each way are the same\n", k_compared);

    const double ours = our_searches_a_second(engine, questions);
    std::vector<Figure> lines;
    std::optional<std::size_t> best; // of SpatiaLite's own ways
    for (RivalSearch& rival : rivals) {
        Figure figure;
        figure.name = "near search (2 km, one programme, 20 nearest of 200,000)";
        figure.ours = ours;
        figure.unit = "searches/s";
        figure.rival = rival.plan().name;
        figure.theirs = rival_searches_a_second(rival, questions);
        figure.note = "One thread. SQL: " + rival.plan().sql;
        if (rival.plan().is_spatialite && (!best || *lines[*best].theirs < *figure.theirs)) {
            best = lines.size();
        }
        lines.push_back(std::move(figure));
    }
    lines.at(best.value()).wanted_ratio = 100;
    for (const Figure& figure : lines) {
        report(figure, figures);
    }
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path folder;
    std::filesystem::path figures;
    CLI::App app("Searches near a point: the engine beside SpatiaLite");
    app.add_option("folder", folder, "what make_data made")->required();
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run(folder, figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "search: {}\n", error.what());
        return 1;
    }
    return 0;
}
