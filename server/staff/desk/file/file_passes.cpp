#include "server/staff/desk/file/file_passes.hpp"

#include "directory/accounts/tokens.hpp"

#include <algorithm>

namespace shirube::server {

namespace {

constexpr std::chrono::hours k_valid{1};
constexpr std::size_t k_most = 4'096; ///< sessions; beyond, the one that ends first is forgotten

std::string key_of(std::string_view token) {
    const auto hash = directory::hash_of_token(token);
    return {hash.begin(), hash.end()};
}

} // namespace

void FilePasses::give(std::string_view token, Clock::time_point now) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(until_, [&](const auto& pass) { return pass.second < now; });
    if (until_.size() >= k_most) {
        until_.erase(std::ranges::min_element(until_, {}, [](const auto& pass) { return pass.second; }));
    }
    until_[key_of(token)] = now + k_valid;
}

bool FilePasses::has(std::string_view token, Clock::time_point now) const {
    if (!directory::may_be_token(token)) {
        return false;
    }
    const std::scoped_lock lock(mutex_);
    const auto found = until_.find(key_of(token));
    return found != until_.end() && found->second >= now;
}

} // namespace shirube::server
