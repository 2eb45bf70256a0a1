#include "directory/district_book.hpp"

#include "directory/address_rule.hpp"
#include "directory/designated_city.hpp"

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
        const Named named{place, district.municipality, district.has_area};
        codes_.push_back(district.code);
        by_code_.emplace(key_of(district.layer, district.code), place);
        by_name_.emplace(key_of(district.layer, school_name_key(district.name)), named);
        by_municipality_.emplace(key_of(district.layer, district.municipality), named);
    }
}

template <class Fits>
std::optional<std::uint32_t> DistrictBook::only(const ByKey& among, const std::string& key, const Fits& fits) {
    std::optional<std::uint32_t> drawn;
    std::optional<std::uint32_t> other;
    std::size_t count_drawn = 0;
    std::size_t count_other = 0;
    const auto [first, last] = among.equal_range(key);
    for (auto it = first; it != last; ++it) {
        if (fits(it->second)) {
            (it->second.has_area ? drawn : other) = it->second.place;
            ++(it->second.has_area ? count_drawn : count_other);
        }
    }
    if (count_drawn > 0) {
        return count_drawn == 1 ? drawn : std::nullopt;
    }
    return count_other == 1 ? other : std::nullopt;
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
    return only(by_name_, key_of(layer, school_name_key(name)), [&](const Named& named) {
        return municipality.empty() || named.municipality == municipality ||
               designated_city_of(named.municipality) == municipality;
    });
}

std::optional<std::uint32_t> DistrictBook::find_only_of(std::string_view layer, std::string_view municipality) const {
    return only(by_municipality_, key_of(layer, municipality), [](const Named&) { return true; });
}

} // namespace shirube::directory
