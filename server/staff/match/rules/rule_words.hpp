// Rules of matching in sentences, for whoever keeps them and whoever works by them.
#pragma once

#include "directory/match/match_rules.hpp"
#include "directory/reader.hpp"
#include "server/pages/texts.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

using RuleDocument = nlohmann::ordered_json;

/// The texts of an array; of a text itself that one.
std::vector<std::string> texts_in(const RuleDocument& values);

class RuleWords {
  public:
    /// \param document what `rules` were read from: it names programmes as its keepers wrote them
    RuleWords(const directory::MatchRules& rules, const RuleDocument& document, const directory::Reader& reader,
              const Texts& texts)
        : rules_(rules), document_(document), reader_(reader), texts_(texts) {}

    /// "児童館・こども食堂を先に出す"
    [[nodiscard]] std::string says(std::size_t rule) const;
    /// "困りごとが食事で、歩いて行くとき"; empty: always.
    [[nodiscard]] std::string when(std::size_t rule) const;
    /// The situation and the offer of a case; empty where nothing is stated.
    [[nodiscard]] std::string family(std::size_t rule, std::size_t number) const;
    [[nodiscard]] std::string service(std::size_t rule, std::size_t number) const;
    /// What a rule says of a case, see directory::effect_of().
    [[nodiscard]] std::string effect(std::size_t rule, std::string_view effect) const;

    [[nodiscard]] std::string programme(std::string_view code) const;
    [[nodiscard]] std::string need(std::string_view code) const;
    [[nodiscard]] std::string list(const std::vector<std::string>& words) const;

  private:
    [[nodiscard]] const RuleDocument& rule(std::size_t number) const { return document_.at("rules").at(number); }
    [[nodiscard]] std::string programmes(const RuleDocument& rule, const char* member) const;
    [[nodiscard]] std::string coded(const RuleDocument& values, std::string_view key) const;
    [[nodiscard]] std::string minutes(const RuleDocument& rule) const;

    const directory::MatchRules& rules_;
    const RuleDocument& document_;
    const directory::Reader& reader_;
    const Texts& texts_;
};

/// "除く", "家" and the like: a word of a closed list of effects; nothing where it is none.
std::optional<std::string> effect_word(std::string_view effect, const Texts& texts);

/// Whether whoever reads may see every programme that a document names. Who may not would not see what they keep.
bool is_rule_document_open(const RuleDocument& document, const directory::Reader& reader);

} // namespace shirube::server
