#include "directory/linking/blocking.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace shirube::directory {

namespace {

constexpr std::size_t k_most_of_a_key = 60;
constexpr double k_cell_degrees = 0.002;

class Keys {
  public:
    void add(char sort, std::string_view text, std::uint64_t more, std::uint32_t place) {
        auto key =
            std::hash<std::string_view>{}(text) * 31 + more * 0x9e3779b97f4a7c15ULL + static_cast<unsigned char>(sort);
        key ^= key >> 29U;
        entries_.emplace_back(key, place);
    }

    /// Two places whose keys collide are compared for nothing; that is all.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs() {
        std::ranges::sort(entries_);
        entries_.erase(std::ranges::unique(entries_).begin(), entries_.end());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
        for (std::size_t first = 0; first < entries_.size();) {
            std::size_t end = first;
            while (end < entries_.size() && entries_[end].first == entries_[first].first) {
                ++end;
            }
            if (end - first <= k_most_of_a_key) {
                for (std::size_t i = first; i < end; ++i) {
                    for (std::size_t j = i + 1; j < end; ++j) {
                        found.emplace_back(entries_[i].second, entries_[j].second);
                    }
                }
            }
            first = end;
        }
        std::ranges::sort(found);
        found.erase(std::ranges::unique(found).begin(), found.end());
        return found;
    }

  private:
    std::vector<std::pair<std::uint64_t, std::uint32_t>> entries_;
};

std::string_view bytes_of(std::u32string_view text) {
    return {reinterpret_cast<const char*>(text.data()), text.size() * sizeof(char32_t)};
}

std::string address_key(const PlaceAddress& address) {
    std::string key = address.town;
    for (const int number : address.numbers) {
        key += '-';
        key += std::to_string(number);
    }
    return key;
}

void add_keys(Keys& keys, const StatedPlace& place, std::uint32_t at) {
    keys.add('n', bytes_of(place.name.core), 0, at);
    if (place.public_name) {
        keys.add('n', bytes_of(place.public_name->core), 0, at);
    }
    const std::string address = address_key(place.address);
    if (!place.address.numbers.empty()) {
        keys.add('a', address, 0, at);
        keys.add('c', address, std::hash<std::string_view>{}(bytes_of(place.name.stem)), at);
    }
    for (const auto& phone : place.phones) {
        keys.add('p', phone, 0, at);
    }
    if (!place.name.stem.empty()) {
        keys.add('s', bytes_of(place.name.stem), static_cast<std::uint64_t>(place.name.kind), at);
    }
    if (!place.address.town.empty()) {
        const std::u32string_view stem = place.name.stem;
        for (std::size_t i = 0; i + 1 < stem.size(); ++i) {
            keys.add('t', place.address.town, std::hash<std::string_view>{}(bytes_of(stem.substr(i, 2))), at);
        }
    }
    if (place.position) {
        // In the cells of two grids that lie half a cell apart, so that neighbours across an edge meet in one of them.
        for (const double shift : {0.0, 0.5}) {
            const auto x = static_cast<std::int64_t>(std::floor(place.position->lon / k_cell_degrees + shift));
            const auto y = static_cast<std::int64_t>(std::floor(place.position->lat / k_cell_degrees + shift));
            keys.add(shift == 0 ? 'x' : 'y', "", static_cast<std::uint64_t>(x * 1'000'003 + y), at);
        }
    }
}

} // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> candidate_pairs(std::span<const StatedPlace> places) {
    Keys keys;
    for (std::uint32_t at = 0; at < places.size(); ++at) {
        add_keys(keys, places[at], at);
    }
    return keys.pairs();
}

} // namespace shirube::directory
