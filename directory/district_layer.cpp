#include "directory/district_layer.hpp"

#include <algorithm>
#include <array>

namespace shirube::directory {

std::span<const DistrictLayer> district_layers() {
    static const std::array<DistrictLayer, 9> layers{{
        {"chugakkoku", {"中学校区", "中学校の 区", "Middle-school district"}},
        {"shogakkoku", {"小学校区", "小学校の 区", "Elementary-school district"}},
        {"sodan_kuiki", {"相談機関の区域", "相談の 地区", "Consultation area"}},
        {"nichijo_seikatsu", {"日常生活圏域", "くらしの 地区", "Daily-life area"}},
        {"ku", {"行政区", "区", "Ward"}},
        {"shikuchoson", {"市区町村", "市・区・町・村", "Municipality"}},
        {"chiku", {"地区", "地区", "Area"}},
        {"ken_iki", {"圏域", "広い 地区", "Region"}},
        {"custom", {"その他の区域", "そのほかの 地区", "Other area"}},
    }};
    return layers;
}

const DistrictLayer* district_layer_named(std::string_view word) {
    const auto layers = district_layers();
    const auto found = std::ranges::find_if(
        layers, [word](const DistrictLayer& layer) { return layer.code == word || layer.label.ja == word; });
    return found == layers.end() ? nullptr : &*found;
}

Label label_of_layer(std::string_view code) {
    const auto layers = district_layers();
    const auto found = std::ranges::find(layers, code, &DistrictLayer::code);
    if (found != layers.end()) {
        return found->label;
    }
    return {std::string(code), std::string(code), std::string(code)};
}

} // namespace shirube::directory
