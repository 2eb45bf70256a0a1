// The edition in force: loaded from the store, swapped in whole when the store changes. Readers hold what they began
// with and never wait.
#pragma once

#include "directory/store.hpp"
#include "server/context.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace shirube::server {

/// Reads the store's public state and builds everything a request may need. \throws directory::StoreError
std::shared_ptr<const Loaded> load_edition(const std::filesystem::path& store,
                                           std::int64_t least_children_told = directory::k_least_children_told);

/// Whose edition is wanted: staff of a municipality, by the agreements that hold on a day.
struct StaffAudience {
    std::string municipality;
    directory::Visibility up_to = directory::Visibility::staff;
    directory::Day today{};
};

/// The same for staff, as an overlay on the public's; without tiles, for staff pages ask for none. The store may have
/// changed since the base was read: what differs is found by comparing with the base itself, so that any base makes the
/// same answers, and one of another state is merely less of a saving.
std::shared_ptr<const Loaded> load_edition(const std::filesystem::path& store, const StaffAudience& audience,
                                           const Loaded& base);

class Editions {
  public:
    /// Loads the first edition at once, then looks every `interval` whether the store has changed.
    /// \throws directory::StoreError where the first cannot be loaded
    Editions(std::filesystem::path store, std::chrono::milliseconds interval,
             std::int64_t least_children_told = directory::k_least_children_told);

    [[nodiscard]] std::shared_ptr<const Loaded> current() const {
        const std::scoped_lock lock(current_mutex_);
        return current_;
    }

    /// Changes with every swap: a thread keeps its own shared_ptr and asks for a new one only when this differs.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

    /// Changes whenever the store was seen to have changed, also where the public's edition has not.
    [[nodiscard]] std::uint64_t store_state() const noexcept { return store_state_.load(std::memory_order_acquire); }

  private:
    void watch(const std::stop_token& stop, std::chrono::milliseconds interval);
    void look();

    /// Which file lies under the store's name: a restored or rebuilt store is another one of the same name.
    struct FileIdentity {
        std::uint64_t device = 0;
        std::uint64_t number = 0;
        friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
    };
    [[nodiscard]] FileIdentity identity() const;

    std::filesystem::path store_;
    std::int64_t least_children_told_;
    FileIdentity watched_file_;
    /// Opened before the first edition is read, so that nothing written afterwards is missed.
    std::optional<directory::Store> watched_;
    std::int64_t seen_ = 0;
    // No atomic<shared_ptr>: that of libstdc++ 12 lets a swap overtake a load that has just ended. The lock is taken at
    // a swap and by each thread once after it, never on the way of a request.
    mutable std::mutex current_mutex_;
    std::shared_ptr<const Loaded> current_;
    std::atomic<std::uint64_t> generation_{1};
    std::atomic<std::uint64_t> store_state_{1};
    std::jthread watcher_;
};

} // namespace shirube::server
