// An edition for the staff of one municipality, as an overlay on the public's: how long it takes and what it weighs,
// beside the whole edition of the same state.
#include "bench/country/country.hpp"
#include "bench/country/on_disk.hpp"
#include "bench/measure/measure.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::bench;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_audiences = 4;
const directory::Day k_today = *directory::parse_day("2026-11-26");

/// A copy of the country with hidden services, taken away again.
class StoreWithHidden {
  public:
    explicit StoreWithHidden(const fs::path& folder) : path_(folder / "country_staff.shirube") {
        remove();
        fs::copy_file(folder / "country.shirube", path_);
        auto store = directory::Store::open(path_, directory::OpenMode::write);
        const Country country = make_country();
        store.append(hidden_batch(country));
        std::vector<std::uint32_t> towns;
        for (const Place& place : country.places) {
            if (towns.size() < k_audiences && std::ranges::find(towns, place.town) == towns.end()) {
                towns.push_back(place.town);
                audiences_.push_back(
                    store.audience_of(municipality_code(place.town), directory::Visibility::staff, k_today));
            }
        }
    }
    StoreWithHidden(const StoreWithHidden&) = delete;
    StoreWithHidden& operator=(const StoreWithHidden&) = delete;
    ~StoreWithHidden() { remove(); }

    [[nodiscard]] const fs::path& path() const { return path_; }
    [[nodiscard]] directory::State state(std::size_t audience) const {
        return directory::Store::open(path_, directory::OpenMode::read).read_state(audiences_.at(audience));
    }

  private:
    void remove() const {
        std::error_code ignored;
        for (const char* end : {"", "-wal", "-shm"}) {
            fs::remove(path_.string() + end, ignored);
        }
    }

    fs::path path_;
    std::vector<directory::Audience> audiences_;
};

struct Editions {
    std::vector<directory::Reader> readers;
    double seconds = 0; ///< of one, the median, from the store to a reader
    double mib = 0;     ///< of each beyond the first: what the first leaves to the allocator serves the others
};

template <class Make>
Editions make_all(Make&& make) {
    Editions editions;
    std::vector<double> seconds;
    double after_first_mib = 0;
    for (std::size_t audience = 0; audience < k_audiences; ++audience) {
        const auto begin = std::chrono::steady_clock::now();
        editions.readers.push_back(make(audience));
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        if (audience == 0) {
            after_first_mib = memory_mib("VmRSS");
        }
    }
    editions.mib = std::max(0.0, memory_mib("VmRSS") - after_first_mib) / (k_audiences - 1);
    std::ranges::sort(seconds);
    editions.seconds = seconds[k_audiences / 2];
    return editions;
}

void run(const fs::path& folder, const fs::path& figures) {
    const StoreWithHidden store(folder);
    const directory::Reader open = open_reader(store.path());
    const Editions overlaid = make_all([&](std::size_t i) { return open.overlaid(store.state(i)); });
    const Editions whole = make_all([&](std::size_t i) {
        return directory::Reader(
            directory::Snapshot::build(store.state(i), directory::Taxonomy::shipped(), directory::Holidays::shipped()));
    });
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < k_audiences; ++i) {
        if (overlaid.readers[i].edition() != whole.readers[i].edition()) {
            throw std::runtime_error("an overlay is not the edition that it stands for");
        }
        hidden += overlaid.readers[i].services().size() - open.services().size();
    }
    if (hidden == 0) {
        throw std::runtime_error("no audience sees more than the public: nothing was compared");
    }

    Figure memory;
    memory.name = "memory: a further staff edition";
    memory.ours = overlaid.mib;
    memory.theirs = whole.mib;
    memory.rival = "the same edition, whole";
    memory.unit = "MiB";
    memory.better = Better::lower;
    memory.note =
        fmt::format("VmRSS, mean of {} editions after the first; {} hidden services in all", k_audiences - 1, hidden);
    report(memory, figures);
    Figure time = memory;
    time.name = "start: a staff edition, from the store to a reader";
    time.ours = overlaid.seconds;
    time.theirs = whole.seconds;
    time.unit = "s";
    time.note = fmt::format("Median of {}", k_audiences);
    report(time, figures);
}

} // namespace

int main(int argc, char** argv) {
    fs::path folder;
    fs::path figures;
    CLI::App app("Staff editions");
    app.add_option("folder", folder, "what make_data made")->required();
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run(folder, figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_staff: {}\n", error.what());
        return 1;
    }
    return 0;
}
