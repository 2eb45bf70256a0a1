// From the store on disk to an edition that can be asked: how long it takes, and what it weighs.
#include "bench/country/country.hpp"
#include "bench/country/on_disk.hpp"
#include "bench/measure/measure.hpp"
#include "directory/store.hpp"
#include "server/tiles/tile_source.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <exception>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <vector>

using namespace shirube;
using namespace shirube::bench;

namespace {

/// What a stretch of work took: on the wall, and of processors (another's work on the machine weighs less on that).
struct Taken {
    double wall_s = 0;
    double processor_s = 0;
};

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
Taken time_of(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    const double processors_before = processor_seconds();
    work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    return {wall.count(), processor_seconds() - processors_before};
}

/// By the wall.
Taken median(std::vector<Taken> all) {
    std::sort(all.begin(), all.end(), [](const Taken& a, const Taken& b) { return a.wall_s < b.wall_s; });
    return all[all.size() / 2];
}

Figure figure_of(std::string name, double ours, std::string unit, std::string note) {
    Figure figure;
    figure.name = std::move(name);
    figure.ours = ours;
    figure.unit = std::move(unit);
    figure.better = Better::lower;
    figure.note = std::move(note);
    return figure;
}

void require_whole(std::size_t services) {
    if (services != k_services) {
        throw std::runtime_error(fmt::format("the store holds {} services, not {}", services, k_services));
    }
}

void run(const std::filesystem::path& store_path, const std::filesystem::path& figures) {
    constexpr int k_times = 3;
    std::vector<Taken> starts;
    std::vector<Taken> tiles;
    std::vector<Taken> reads;
    double edition_mib = 0;
    double peak_mib = 0;
    for (int time = 0; time < k_times; ++time) {
        const double before_mib = memory_mib("VmRSS");
        std::optional<directory::Reader> reader;
        starts.push_back(time_of([&] { reader.emplace(open_reader(store_path)); }));
        require_whole(reader->services().size());
        if (time == 0) {
            // Later rounds find memory that the allocator has kept.
            edition_mib = memory_mib("VmRSS") - before_mib;
            peak_mib = memory_mib("VmHWM");
        }
        tiles.push_back(time_of([&] { const server::TileSource source(*reader); }));
        // How fast the same rows can be read at all: by the store's own code, with nothing built from them.
        std::size_t read = 0;
        reads.push_back(time_of([&] {
            const auto store = directory::Store::open(store_path, directory::OpenMode::read);
            read = store.read_public_state().services.size();
        }));
        require_whole(read);
    }

    const Taken start = median(starts);
    Figure wall = figure_of("start: 200,000 services, 10,000 districts, from the store to a reader", start.wall_s, "s",
                            fmt::format("Median of {}; the file may be in the system's cache", k_times));
    wall.rival = "reading the rows alone";
    wall.theirs = median(reads).wall_s;
    wall.wanted = 2.0;
    report(wall, figures);
    report(figure_of("start: time of processors", start.processor_s, "s", "All threads together, of the same round"),
           figures);
    report(figure_of("start: the tiles' shapes and places", median(tiles).wall_s, "s", "After the reader"), figures);

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
