#include "directory/coverage/layer_municipalities.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

std::string_view view_of(const std::string* code) { return *code; }

} // namespace

LayerMunicipalities::LayerMunicipalities(const Reader& reader, const Layer& layer) {
    const auto districts = reader.districts().subspan(layer.first, layer.count);
    for (const auto& district : districts) {
        // Districts come by their codes, and those of one municipality mostly together.
        if (codes_.empty() || *codes_.back() != district.municipality) {
            codes_.push_back(&district.municipality);
        }
    }
    std::ranges::sort(codes_, {}, view_of);
    const auto repeated = std::ranges::unique(codes_, {}, view_of);
    codes_.erase(repeated.begin(), repeated.end());
    of_district_.reserve(districts.size());
    std::uint32_t last = 0;
    for (const auto& district : districts) {
        if (code(last) != district.municipality) {
            const auto found = std::ranges::lower_bound(codes_, std::string_view(district.municipality), {}, view_of);
            last = static_cast<std::uint32_t>(found - codes_.begin());
        }
        of_district_.push_back(last);
    }
}

std::optional<std::size_t> LayerMunicipalities::find(std::string_view code) const {
    const auto found = std::ranges::lower_bound(codes_, code, {}, view_of);
    return found != codes_.end() && **found == code ? std::optional(static_cast<std::size_t>(found - codes_.begin()))
                                                    : std::nullopt;
}

LayerMunicipalities::Range LayerMunicipalities::around(std::string_view area) const {
    // Whatever lies in an area begins as the area does.
    constexpr std::size_t k_prefecture_digits = 2;
    const auto prefecture = area.substr(0, k_prefecture_digits);
    const auto first = std::ranges::lower_bound(codes_, prefecture, {}, view_of);
    const auto last =
        std::find_if(first, codes_.end(), [&](const std::string* code) { return !code->starts_with(prefecture); });
    return {static_cast<std::size_t>(first - codes_.begin()), static_cast<std::size_t>(last - codes_.begin())};
}

bool LayerMunicipalities::is_in(std::size_t municipality, std::string_view area) const {
    return lies_in(code(municipality), area);
}

} // namespace shirube::directory
