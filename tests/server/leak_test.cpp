// The leak oracle: a town with hidden records of every kind and the same town without them, its lists imported and
// taken back in any order. Every answer to the public is the same, byte for byte.
#include "server/editions.hpp"
#include "tests/server/support/every_answer.hpp"
#include "tests/server/support/leak_round.hpp"

#include <catch2/catch.hpp>

namespace shirube::tests {

TEST_CASE("Hidden records leave no trace in any answer to the public") {
    compare_rounds({LeakReader{}}, 2, [](const auto& store, const LeakReader&, const Probes& probes) {
        server::ReportBox reports(store, nullptr);
        return every_answer(*server::load_edition(store), probes, &reports);
    });
}

} // namespace shirube::tests
