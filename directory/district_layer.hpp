// The layers of districts that have a name of their own; any other code is a layer too, and goes by its code.
#pragma once

#include "directory/taxonomy.hpp"

#include <span>
#include <string_view>

namespace shirube::directory {

struct DistrictLayer {
    std::string_view code;
    Label label;
};

std::span<const DistrictLayer> district_layers();

/// By its code or its Japanese label (中学校区); none for any other word.
const DistrictLayer* district_layer_named(std::string_view word);

/// What a layer is called; its code in every language where it has no name.
Label label_of_layer(std::string_view code);

} // namespace shirube::directory
