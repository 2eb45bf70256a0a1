// Seeds and needs in words: what each says, how two fit, what was answered. What is not stated is said to be unknown.
#pragma once

#include "directory/seeds/seed.hpp"
#include "directory/seeds/seed_matching.hpp"
#include "server/context.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

/// Whose words they are put into.
struct SeedsWords {
    const directory::Reader& reader;
    const EditionFacts& facts;
    const Texts& texts;

    /// "短期入所生活援助、トワイライトステイ"
    [[nodiscard]] std::string programmes(const directory::Seed& seed) const;
    /// Of an offer who would take it on, of a want whose it is.
    [[nodiscard]] std::string who(const directory::Seed& seed) const;
    /// "潮見野市 みなと中学校、5 km まで"; of a want without districts its whole municipality; empty: not stated.
    [[nodiscard]] std::string area(const directory::Seed& seed) const;
    [[nodiscard]] std::string amount(const directory::Seed& seed) const;
    [[nodiscard]] std::string starts(const directory::Seed& seed) const;
    [[nodiscard]] std::string weekdays(const directory::Seed& seed) const;
    [[nodiscard]] std::string nights(const directory::Seed& seed) const;
    [[nodiscard]] std::string ages(const directory::Seed& seed) const;
    [[nodiscard]] std::string contracts(const directory::Seed& seed) const;
    [[nodiscard]] std::string fee(const directory::Seed& seed) const;
    /// The place of an offer, where this audience has it.
    [[nodiscard]] std::string site(const directory::Seed& seed) const;

    /// Terms and words, the words empty where nothing is stated.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> facts_of(const directory::Seed& seed) const;

    /// "事業が同じ", "区域に入る", "事業の場所から 3.2 km".
    [[nodiscard]] std::string programme_fit(const directory::SeedMatch& match) const;
    [[nodiscard]] std::string area_fit(const directory::SeedMatch& match) const;
    [[nodiscard]] std::string distance(const directory::SeedMatch& match) const;
    [[nodiscard]] std::string criterion(directory::SeedCriterion criterion) const;
    /// "契約：合う（委託）", with what both say of it.
    [[nodiscard]] std::string fit(directory::SeedCriterion criterion, directory::SeedFit fit,
                                  const directory::Seed& offer, const directory::Seed& want) const;

    /// "断り：人手がない"
    [[nodiscard]] std::string answer(const directory::Asking& asking) const;
    [[nodiscard]] std::string reason(directory::DeclineReason reason) const;

  private:
    [[nodiscard]] std::string join(const std::vector<std::string>& words) const;
    [[nodiscard]] std::string of_criterion(directory::SeedCriterion criterion, const directory::Seed& seed) const;
};

} // namespace shirube::server
