#include "directory/district_book.hpp"

#include "directory/fold.hpp"

namespace shirube::directory {

namespace {

std::string key_of(std::string_view layer, std::string_view word) {
    std::string key(layer);
    key += ':';
    key += word;
    return key;
}

} // namespace

DistrictBook::DistrictBook(const std::vector<DistrictName>& districts) {
    for (std::uint32_t place = 0; place < districts.size(); ++place) {
        const DistrictName& district = districts[place];
        by_code_.emplace(key_of(district.layer, district.code), place);
        by_name_.emplace(key_of(district.layer, fold(district.name)), Named{place, district.municipality});
    }
}

std::optional<std::uint32_t> DistrictBook::find(std::string_view layer, std::string_view code, std::string_view name,
                                                std::string_view municipality) const {
    if (!code.empty()) {
        const auto found = by_code_.find(key_of(layer, code));
        if (found != by_code_.end()) {
            return found->second;
        }
    }
    if (name.empty()) {
        return std::nullopt;
    }
    const auto [first, last] = by_name_.equal_range(key_of(layer, fold(name)));
    std::optional<std::uint32_t> only;
    for (auto it = first; it != last; ++it) {
        if (!municipality.empty() && it->second.municipality != municipality) {
            continue;
        }
        if (only) {
            return std::nullopt;
        }
        only = it->second.place;
    }
    return only;
}

} // namespace shirube::directory
