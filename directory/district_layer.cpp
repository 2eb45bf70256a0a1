#include "directory/district_layer.hpp"

#include <algorithm>
#include <array>

namespace shirube::directory {

std::span<const DistrictLayer> district_layers() {
    static const std::array<DistrictLayer, 9> layers{{
        {"chugakkoku", {"中学校区", "中学校（ちゅうがっこう）の くいき", "Middle-school districts"}},
        {"shogakkoku", {"小学校区", "小学校（しょうがっこう）の くいき", "Elementary-school districts"}},
        {"sodan_kuiki", {"相談機関の区域", "そうだん できる ところの くいき", "Consultation areas"}},
        {"nichijo_seikatsu", {"日常生活圏域", "まいにちの くらしの くいき", "Daily-life areas"}},
        {"ku", {"行政区", "区（く）", "Wards"}},
        {"shikuchoson", {"市区町村", "市・区・町・村", "Municipalities"}},
        {"chiku", {"地区", "ちく", "Neighbourhoods"}},
        {"ken_iki", {"圏域", "ひろい くいき", "Wider areas"}},
        {"custom", {"その他の区域", "そのほかの くいき", "Other areas"}},
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
