#include "server/staff/staff_desk.hpp"

#include "server/reports/report_box.hpp"
#include "server/staff/desk/file/dropped_files.hpp"
#include "server/staff/desk/file/file_passes.hpp"
#include "server/staff/permissions.hpp"

#include <filesystem>

namespace shirube::server {

StaffDesk::StaffDesk(std::filesystem::path store, const Editions& editions, StaffSettings settings)
    : store_(std::move(store)),
      editions_(editions),
      settings_(std::move(settings)),
      file_passes_(std::make_unique<FilePasses>()),
      dropped_files_(std::make_unique<DroppedFiles>(store_, [this] { note_written(); })) {}

StaffDesk::~StaffDesk() = default;

directory::Accounts* StaffDesk::accounts() {
    const std::scoped_lock lock(mutex_);
    if (!accounts_) {
        const auto file = directory::accounts_beside(store_);
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored)) {
            return nullptr;
        }
        accounts_ = std::make_unique<directory::Accounts>(directory::Accounts::open(file, settings_.accounts));
    }
    return accounts_.get();
}

directory::Reports* StaffDesk::reports() {
    return settings_.reports == nullptr ? nullptr : settings_.reports->reports();
}

directory::Unmet* StaffDesk::unmet() {
    const std::scoped_lock lock(mutex_);
    if (!unmet_) {
        const auto file = directory::unmet_beside(store_);
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored)) {
            return nullptr;
        }
        unmet_ = std::make_unique<directory::Unmet>(directory::Unmet::open(file));
    }
    return unmet_.get();
}

directory::Unmet& StaffDesk::unmet_to_write() {
    const std::scoped_lock lock(mutex_);
    if (!unmet_) {
        unmet_ = std::make_unique<directory::Unmet>(directory::Unmet::open_or_create(directory::unmet_beside(store_)));
    }
    return *unmet_;
}

std::string StaffDesk::public_edition() const { return editions_.current()->reader.edition(); }

RateVerdict StaffDesk::count_request(std::int64_t account) {
    return settings_.limiter == nullptr
               ? RateVerdict{}
               : settings_.limiter->take(k_account_limit, std::to_string(account), 1, RateLimiter::Clock::now());
}

std::shared_ptr<StaffDesk::Held> StaffDesk::held_for(const Key& key) {
    const auto now = std::chrono::steady_clock::now();
    const auto state = editions_.store_state();
    const std::scoped_lock lock(mutex_);
    // One of an older state would be built anew by its next reader, and until then keep a whole public edition alive.
    std::erase_if(held_, [&](const auto& entry) {
        const Held& held = *entry.second;
        return entry.first != key &&
               (held.used + settings_.keep_edition < now || (held.of_state != 0 && held.of_state != state));
    });
    auto& held = held_[key];
    if (!held) {
        held = std::make_shared<Held>();
    }
    held->used = now;
    return held;
}

std::shared_ptr<const Loaded> StaffDesk::edition_for(const directory::Account& account, directory::Day today) {
    if (account.municipality.empty()) {
        return editions_.current();
    }
    const auto sees = class_of(account.role);
    const auto held = held_for({account.municipality, sees});
    const std::scoped_lock lock(held->building);
    // Asked for before the store is read: what is written meanwhile is another state.
    const auto state = editions_.store_state();
    const auto written = written_.load(std::memory_order_acquire);
    if (!held->loaded || held->of_state != state || held->of_written != written || held->of_day != today) {
        held->loaded = load_edition(store_, {account.municipality, sees, today}, *editions_.current());
        held->of_state = state;
        held->of_written = written;
        held->of_day = today;
    }
    return held->loaded;
}

} // namespace shirube::server
