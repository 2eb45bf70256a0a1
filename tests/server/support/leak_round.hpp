// One round of the leak oracle: the stores of a whole town and of the parts of it that audiences may have, and how what
// they answer is compared.
#pragma once

#include "directory/reader.hpp"
#include "tests/directory/store_batches.hpp"
#include "tests/server/support/every_answer.hpp"
#include "tests/server/support/leak_part.hpp"
#include "tests/server/support/leak_town.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace shirube::tests {

/// Who reads: the public, or the staff of `municipality`.
struct LeakReader {
    std::string municipality{};
    directory::Visibility up_to = directory::Visibility::everyone;

    [[nodiscard]] directory::Audience audience(const LeakTown& town) const;
    friend auto operator<=>(const LeakReader&, const LeakReader&) = default;
};

class LeakRound {
  public:
    /// Makes the town with its corrections, and imports it whole and once for each reader in part.
    LeakRound(std::uint64_t seed, const std::vector<LeakReader>& readers);

    [[nodiscard]] const LeakTown& town() const noexcept { return town_; }
    [[nodiscard]] std::filesystem::path whole() const { return folder_ / "whole"; }
    [[nodiscard]] std::filesystem::path part(const LeakReader& reader) const;
    /// What the reader must not find, whoever else may: secret words, and every id that any of the stores ever had.
    [[nodiscard]] Probes probes() const;
    [[nodiscard]] std::size_t ids_hidden_from(const LeakReader& reader) const;

  private:
    directory::test::StoreFolder folder_;
    LeakTown town_;
    std::set<std::string> ids_;
    std::map<LeakReader, std::set<std::string>> ids_of_;
};

/// Compares a reader's answers for many rounds: SHIRUBE_LEAK_ROUNDS makes more towns than the few of every test run,
/// SHIRUBE_LEAK_SEED begins with another. Every failure says which town it was, and where two answers part.
/// \param answers of a store, by what was asked
using Answers = std::map<std::string, std::string>;
void compare_rounds(
    const std::vector<LeakReader>& readers, std::uint64_t rounds_unless_told,
    const std::function<Answers(const std::filesystem::path&, const LeakReader&, const Probes&)>& answers);

} // namespace shirube::tests
