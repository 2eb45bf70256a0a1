// From the store on disk to an edition that can be asked: how long it takes, and what it weighs.
#include "bench/country/country.hpp"
#include "bench/country/on_disk.hpp"
#include "bench/measure/measure.hpp"
#include "directory/store.hpp"
#include "server/tiles/tile_source.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>

using namespace shirube;
using namespace shirube::bench;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

Figure figure_of(std::string name, double ours, std::string unit, std::string note) {
    Figure figure;
    figure.name = std::move(name);
    figure.ours = ours;
    figure.unit = std::move(unit);
    figure.better = Better::lower;
    figure.note = std::move(note);
    return figure;
}

void run(const std::filesystem::path& store_path, const std::filesystem::path& figures) {
    const double before_mib = memory_mib("VmRSS");
    const auto begin = Clock::now();
    const directory::Reader reader = open_reader(store_path);
    const double start_s = seconds_since(begin);
    if (reader.services().size() != k_services) {
        throw std::runtime_error(
            fmt::format("the store holds {} services, not {}", reader.services().size(), k_services));
    }
    const double edition_mib = memory_mib("VmRSS") - before_mib;
    const double peak_mib = memory_mib("VmHWM");

    const auto tiles_begin = Clock::now();
    const server::TileSource tiles(reader);
    const double tiles_s = seconds_since(tiles_begin);

    // How fast the same rows can be read at all, by the store's own code and with nothing built from them.
    const auto read_begin = Clock::now();
    const auto state = directory::Store::open(store_path, directory::OpenMode::read).read_public_state();
    const double read_s = seconds_since(read_begin);
    if (state.services.size() != k_services) {
        throw std::runtime_error("the store was read differently the second time");
    }

    Figure start = figure_of("start: 200,000 services, 10,000 districts, from the store to a reader", start_s, "s",
                             "First run of the process; the file may be in the system's cache");
    start.rival = "reading the rows alone";
    start.theirs = read_s;
    start.wanted = 2.0;
    report(start, figures);
    report(figure_of("start: the tiles' shapes and places", tiles_s, "s", "After the reader"), figures);

    Figure memory = figure_of("memory: the edition", edition_mib, "MiB", "VmRSS after the start less VmRSS before it");
    memory.rival = "the store's file";
    memory.theirs = static_cast<double>(std::filesystem::file_size(store_path)) / (1 << 20);
    report(memory, figures);
    report(figure_of("memory: highest during the start", peak_mib, "MiB", "VmHWM"), figures);
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path folder;
    std::filesystem::path figures;
    CLI::App app("Start-up and memory");
    app.add_option("folder", folder, "what make_data made")->required();
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run(folder / "country.shirube", figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "start: {}\n", error.what());
        return 1;
    }
    return 0;
}
