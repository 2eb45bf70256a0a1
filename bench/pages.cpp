// How long the server takes for pages and suggestions over 200,000 services, in this process: request in, answer out,
// and what compressing it adds. The tables by municipality and the planner of a city beside them.
#include "bench/measure/measure.hpp"
#include "bench/measure/spread.hpp"
#include "bench/pages/questions.hpp"
#include "directory/coverage/municipal_matrix.hpp"
#include "directory/coverage/municipality.hpp"
#include "directory/coverage/stage_table.hpp"
#include "server/editions.hpp"
#include "server/respond.hpp"
#include "server/router.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>

using namespace shirube;
using namespace shirube::bench;

namespace {

constexpr directory::Instant at_noon() {
    using namespace std::chrono;
    return {directory::Day{year{2026} / November / 21}, 720};
}

server::Request request_of(const std::string& target) {
    auto parsed = server::parse_target(target);
    if (!parsed) {
        throw std::runtime_error("malformed: " + target);
    }
    server::Request request;
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
    request.accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    request.accepts_gzip = true;
    return request;
}

class PagesBench {
  public:
    PagesBench(const server::Loaded& loaded, std::string whose, std::filesystem::path figures)
        : loaded_(loaded), whose_(std::move(whose)), figures_(std::move(figures)) {}

    /// Each target a few times over, in turn, after one round that is not measured.
    void time(const Questions& questions) const {
        std::vector<server::Request> requests;
        for (const auto& target : questions.targets) {
            requests.push_back(request_of(target));
        }
        Spread rendered;
        Spread compressed;
        Spread worked;
        std::size_t bytes = 0;
        constexpr std::size_t k_times = 2'000;
        constexpr double k_long_s = 4;
        const Clock all;
        for (std::size_t i = 0; i < requests.size() + k_times; ++i) {
            const bool is_first_round = i < requests.size();
            const auto& request = requests[i % requests.size()];
            const Clock clock;
            server::Answer answer = server::route(request, &loaded_, at_noon());
            const double rendered_ms = clock.ms();
            const double worked_ms = clock.processor_ms();
            if (answer.status != 200) {
                throw std::runtime_error(
                    fmt::format("{} answered {}", questions.targets[i % requests.size()], answer.status));
            }
            const auto response =
                server::respond(request, std::move(answer), server::Connection::keep, server::http_date());
            if (!is_first_round) {
                rendered.add(rendered_ms);
                worked.add(worked_ms);
                compressed.add(clock.ms());
                bytes += response.content().size();
            }
            if (!is_first_round && all.ms() > 1000 * k_long_s && rendered.count() >= requests.size()) {
                break;
            }
        }
        Figure figure;
        figure.name = fmt::format("{} of {}, p50", questions.name, whose_);
        figure.ours = rendered.at(0.5);
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.wanted = questions.wanted_ms;
        figure.note = fmt::format(
            "{} different addresses, {} answers, one thread: the handler alone, {} ms of the "
            "processor; compressed as well {} ms, {} kB on average; as {}",
            requests.size(), rendered.count(), in_digits(worked.at(0.5)), in_digits(compressed.at(0.5)),
            in_digits(static_cast<double>(bytes) / 1000 / static_cast<double>(rendered.count())),
            questions.targets.front());
        report(figure, figures_);
        figure.name = fmt::format("{} of {}, p99", questions.name, whose_);
        figure.ours = rendered.at(0.99);
        figure.wanted.reset();
        figure.note.clear();
        report(figure, figures_);
    }

  private:
    const server::Loaded& loaded_;
    std::string whose_;
    std::filesystem::path figures_;
};

/// The tables themselves, without a page around them.
void time_tables(const directory::Reader& reader, const std::filesystem::path& figures) {
    const auto municipalities = directory::municipalities_of(reader);
    const auto today = at_noon().day;
    const auto report_ms = [&](std::string name, const std::function<void()>& round, std::string note) {
        Figure figure;
        figure.name = std::move(name);
        figure.ours = 1000 * median_seconds(round, std::chrono::milliseconds(400), 3);
        figure.unit = "ms";
        figure.better = Better::lower;
        figure.note = std::move(note);
        report(figure, figures);
    };
    std::size_t next = 0;
    report_ms(
        "programme × stage of one municipality",
        [&] {
            const auto& one = municipalities[next++ % municipalities.size()];
            (void)directory::stage_table(reader, one, today, directory::GroupedBy::family);
        },
        fmt::format("of a country of {} services, one of {} municipalities after the other", reader.services().size(),
                    municipalities.size()));
    const auto programmes = directory::counted_programmes(reader);
    report_ms(
        "municipality × programme of a country",
        [&] { (void)directory::municipal_matrix(reader, programmes, std::chrono::year{2026}, today); },
        fmt::format("{} municipalities, {} programmes, {} services", municipalities.size(), programmes.size(),
                    reader.services().size()));
}

/// What a load draws from: an address a line.
void write_addresses(const std::vector<Questions>& all, const std::filesystem::path& folder) {
    for (const auto& questions : all) {
        if (questions.file.empty()) {
            continue;
        }
        const auto path = folder / (questions.file + ".txt");
        std::ofstream out(path);
        for (const auto& target : questions.targets) {
            out << target << '\n';
        }
        if (!out.flush()) {
            throw std::runtime_error(fmt::format("{}: cannot be written", path.string()));
        }
    }
}

/// \param only times those alone whose name holds this, for who looks for where the time goes; empty: all
void run(const std::filesystem::path& folder, const std::filesystem::path& figures, std::string_view only) {
    const auto time_all = [&](const PagesBench& bench, const std::vector<Questions>& questions) {
        for (const auto& one : questions) {
            if (one.name.find(only) != std::string::npos) {
                bench.time(one);
            }
        }
    };
    {
        const auto country = server::load_edition(folder / "country.shirube");
        const auto questions = questions_of(country->reader);
        write_addresses(questions, folder);
        const PagesBench bench(*country, fmt::format("{} services", country->reader.services().size()), figures);
        time_all(bench, questions);
        if (only.empty()) {
            time_tables(country->reader, figures);
        }
    }
    const auto city = server::load_edition(folder / "city.shirube");
    const PagesBench bench(*city, "a city", figures);
    const auto questions = planner_questions(city->reader);
    write_addresses(questions, folder);
    time_all(bench, questions);
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path folder;
    std::filesystem::path figures;
    std::string only;
    CLI::App app("Pages and suggestions in process");
    app.add_option("folder", folder, "what make_data made; addresses for a load are written there")->required();
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    app.add_option("--only", only, "time questions alone whose name holds this");
    CLI11_PARSE(app, argc, argv);
    try {
        run(folder, figures, only);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_pages: {}\n", error.what());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
