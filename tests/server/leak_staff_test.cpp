// The leak oracle between municipalities: what one municipality's staff and coordinators are answered, beside a
// municipality that hides things of its own and shares some by agreements, and without it but for what is shared.
#include "server/staff/permissions.hpp"
#include "tests/server/support/every_staff_answer.hpp"
#include "tests/server/support/leak_round.hpp"

#include <catch2/catch.hpp>

namespace shirube::tests {

TEST_CASE("Hidden records leave no trace in any answer to staff who may not see them") {
    using directory::Role;
    using directory::Visibility;
    REQUIRE(server::class_of(Role::caseworker) == Visibility::staff);
    REQUIRE(server::class_of(Role::steward) == Visibility::coordinator);
    compare_rounds({{k_ours, Visibility::staff}, {k_ours, Visibility::coordinator}}, 1,
                   [](const auto& store, const LeakReader& reader, const Probes& probes) {
                       const auto role = reader.up_to == Visibility::staff ? Role::caseworker : Role::steward;
                       return every_staff_answer(store, role, reader.municipality, probes);
                   });
}

} // namespace shirube::tests
