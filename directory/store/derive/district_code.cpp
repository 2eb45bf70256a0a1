#include "directory/store/derive/district_code.hpp"

#include "directory/fold.hpp"

#include <fmt/format.h>

namespace shirube::directory {

std::string district_code(const DistrictReading& district) {
    return district.school_code.empty() ? fmt::format("{}-{}", district.municipality, fold(district.name))
                                        : district.school_code;
}

} // namespace shirube::directory
