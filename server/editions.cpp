#include "server/editions.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "directory/store.hpp"
#include "server/tiles/tile_source.hpp"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

bool same_towns(std::span<const directory::TownReading> a, std::span<const directory::TownReading> b) {
    if (a.data() == b.data() && a.size() == b.size()) {
        return true; // they are one
    }
    return std::ranges::equal(a, b, [](const directory::TownReading& x, const directory::TownReading& y) {
        return x.municipality == y.municipality && x.municipality_name == y.municipality_name && x.town == y.town &&
               x.koaza == y.koaza && x.position == y.position && x.accuracy_m == y.accuracy_m &&
               (x.blocks != nullptr) == (y.blocks != nullptr) && (x.blocks == nullptr || *x.blocks == *y.blocks);
    });
}

std::shared_ptr<const importers::Locator> locator_of(const directory::Reader& reader) {
    const std::vector<directory::TownReading> towns(reader.towns().begin(), reader.towns().end());
    return std::make_shared<const importers::Locator>(towns);
}

} // namespace

std::shared_ptr<const Loaded> load_edition(const std::filesystem::path& path, std::int64_t least_children_told) {
    const directory::Reader reader(
        directory::Snapshot::build(directory::Store::open(path, directory::OpenMode::read).read_public_state(),
                                   directory::Taxonomy::shipped(), directory::Holidays::shipped()));
    auto tiles = std::async(std::launch::async, [&] { return std::make_shared<const TileSource>(reader); });
    auto locator = locator_of(reader);
    return std::make_shared<const Loaded>(Loaded{reader, std::move(locator), tiles.get(), least_children_told});
}

std::shared_ptr<const Loaded> load_edition(const std::filesystem::path& path, const StaffAudience& audience,
                                           const Loaded& base) {
    const auto store = directory::Store::open(path, directory::OpenMode::read);
    const directory::Reader reader = base.reader.overlaid(
        store.read_state(store.audience_of(audience.municipality, audience.up_to, audience.today)));
    const bool shares_locator = same_towns(base.reader.towns(), reader.towns());
    return std::make_shared<const Loaded>(Loaded{reader, shares_locator ? base.locator : locator_of(reader)});
}

Editions::Editions(std::filesystem::path store, std::chrono::milliseconds interval, std::int64_t least_children_told)
    : store_(std::move(store)),
      least_children_told_(least_children_told),
      watched_file_(identity()),
      watched_(directory::Store::open(store_, directory::OpenMode::read)),
      seen_(watched_->change_counter()),
      current_(load_edition(store_, least_children_told_)),
      watcher_([this, interval](const std::stop_token& stop) { watch(stop, interval); }) {}

Editions::FileIdentity Editions::identity() const {
    struct stat status{};
    if (::stat(store_.c_str(), &status) != 0) {
        return {};
    }
    return {status.st_dev, status.st_ino};
}

void Editions::look() {
    const auto file = identity();
    if (file == FileIdentity{}) {
        return; // between a store that was taken away and the one that takes its place
    }
    if (file != watched_file_) {
        watched_.reset();
        watched_file_ = file;
    }
    if (!watched_) {
        watched_.emplace(directory::Store::open(store_, directory::OpenMode::read));
        seen_ = -1;
    }
    const auto now = watched_->change_counter();
    if (now == seen_) {
        return;
    }
    auto loaded = load_edition(store_, least_children_told_);
    seen_ = now;
    store_state_.fetch_add(1, std::memory_order_acq_rel);
    if (loaded->reader.edition() == current()->reader.edition()) {
        return;
    }
    spdlog::info("Edition {} is in force.", loaded->reader.edition());
    {
        const std::scoped_lock lock(current_mutex_);
        current_.swap(loaded);
    }
    generation_.fetch_add(1, std::memory_order_acq_rel);
}

void Editions::watch(const std::stop_token& stop, std::chrono::milliseconds interval) {
    std::mutex mutex;
    std::condition_variable_any sleep;
    while (true) {
        std::unique_lock lock(mutex);
        sleep.wait_for(lock, stop, interval, [] { return false; });
        if (stop.stop_requested()) {
            return;
        }
        try {
            look();
        } catch (const std::exception& error) {
            spdlog::warn("The store could not be read again; the edition in force stays: {}", error.what());
            watched_.reset();
        }
    }
}

} // namespace shirube::server
