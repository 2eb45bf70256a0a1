#include "server/staff/kept_forms.hpp"

#include "directory/accounts/tokens.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace shirube::server {

namespace {
constexpr std::size_t k_most = 64; // a body has its own limit: some megabytes together
}

std::string KeptForms::keep(std::string_view path, Query fields) {
    std::erase_if(fields, [](const auto& field) { return field.first == "csrf"; });
    std::string word = directory::new_token();
    const std::scoped_lock lock(mutex_);
    if (forms_.size() >= k_most) {
        forms_.pop_front();
    }
    forms_.push_back({word, std::string(path), std::move(fields)});
    return word;
}

std::optional<Query> KeptForms::find(std::string_view word, std::string_view path) const {
    const std::scoped_lock lock(mutex_);
    const auto found =
        std::ranges::find_if(forms_, [&](const Form& form) { return form.word == word && form.path == path; });
    return found == forms_.end() ? std::nullopt : std::optional(found->fields);
}

} // namespace shirube::server
