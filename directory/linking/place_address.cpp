#include "directory/linking/place_address.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <cstddef>

namespace shirube::directory {

namespace {

constexpr std::size_t k_most_numbers = 5;
constexpr int k_most_digits = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void drop_all(std::string& text, std::string_view word) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) {
        text.erase(at, word.size());
    }
}

/// From the municipality's name on; what stands before it is the prefecture.
std::string_view after_municipality(std::string_view address, std::string_view municipality) {
    constexpr std::size_t k_prefecture_and_county = 24; // bytes: 和歌山県東牟婁郡
    if (!municipality.empty()) {
        const auto at = address.find(municipality);
        if (at != std::string_view::npos && at <= k_prefecture_and_county) {
            return address.substr(at + municipality.size());
        }
    }
    return address;
}

} // namespace

PlaceAddress read_place_address(std::string_view address, std::string_view municipality_name) {
    const std::string folded = fold_address(address);
    const std::string municipality = fold(municipality_name);
    std::string_view rest = after_municipality(folded, municipality);
    if (rest.size() == folded.size()) {
        // Without its 郡, as many lists write it.
        const auto county = municipality.find("郡");
        if (county != std::string::npos) {
            rest = after_municipality(folded,
                                      std::string_view{municipality}.substr(county + std::string_view{"郡"}.size()));
        }
    }
    PlaceAddress place;
    const auto first_digit = std::ranges::find_if(rest, is_digit);
    place.town = std::string(rest.begin(), first_digit);
    while (place.town.ends_with('-')) {
        place.town.pop_back();
    }
    drop_all(place.town, "大字");
    drop_all(place.town, "小字");
    drop_all(place.town, "字");
    // Numbers up to the first letter that is neither: what follows is the building.
    std::size_t at = static_cast<std::size_t>(first_digit - rest.begin());
    while (at < rest.size() && is_digit(rest[at]) && place.numbers.size() < k_most_numbers) {
        int value = 0;
        int digits = 0;
        while (at < rest.size() && is_digit(rest[at])) {
            value = digits < k_most_digits ? value * 10 + (rest[at] - '0') : value;
            ++digits;
            ++at;
        }
        place.numbers.push_back(value);
        while (at < rest.size() && rest[at] == '-') {
            ++at;
        }
    }
    return place;
}

AddressMatch match_addresses(const PlaceAddress& a, const PlaceAddress& b) {
    const auto is_silent = [](const PlaceAddress& address) { return address.town.empty() && address.numbers.empty(); };
    if (is_silent(a) || is_silent(b) || a.town.empty() != b.town.empty()) {
        return AddressMatch::unknown;
    }
    // "浜" and "浜町一区" may be one town in two words; a whole name that another begins or ends with is not another.
    const bool same = a.town == b.town || a.town.ends_with(b.town) || b.town.ends_with(a.town);
    if (!same) {
        return AddressMatch::other_town;
    }
    if (a.numbers.empty() || b.numbers.empty()) {
        return AddressMatch::same_town;
    }
    const auto [left, right] = std::ranges::mismatch(a.numbers, b.numbers);
    if (left != a.numbers.end() && right != b.numbers.end()) {
        return AddressMatch::other_numbers;
    }
    return left == a.numbers.end() && right == b.numbers.end() ? AddressMatch::equal : AddressMatch::shortened;
}

} // namespace shirube::directory
