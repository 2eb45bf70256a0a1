#include "server/staff/spent_once.hpp"

#include <cstddef>
#include <utility>

namespace shirube::server {

namespace {
constexpr std::size_t k_span = 10'000;
}

bool SpentOnce::spend(const std::string& word) {
    const auto hash = directory::hash_of_token(word);
    const std::scoped_lock lock(mutex_);
    if (older_.contains(hash) || newer_.contains(hash)) {
        return false;
    }
    if (newer_.size() >= k_span) {
        older_ = std::exchange(newer_, {});
    }
    newer_.insert(hash);
    return true;
}

void SpentOnce::give_back(const std::string& word) {
    const auto hash = directory::hash_of_token(word);
    const std::scoped_lock lock(mutex_);
    newer_.erase(hash);
    older_.erase(hash);
}

} // namespace shirube::server
