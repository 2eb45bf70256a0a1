#include "importers/layouts/cafeteria.hpp"
#include "importers/layouts/childcare.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/layouts/p14.hpp"
#include "importers/layouts/p29.hpp"
#include "importers/layouts/public_facilities.hpp"
#include "importers/layouts/template.hpp"

#include <array>

namespace shirube::importers {

std::span<const std::unique_ptr<ResourceLayout>> resource_layouts() {
    static const std::array<std::unique_ptr<ResourceLayout>, 8> layouts{make_template_layout(),
                                                                        make_cafeteria_layout(),
                                                                        make_p14_layout(),
                                                                        make_p29_layout(),
                                                                        make_new_childcare_layout(),
                                                                        make_old_childcare_layout(),
                                                                        make_new_public_facilities_layout(),
                                                                        make_old_public_facilities_layout()};
    return layouts;
}

} // namespace shirube::importers
