// The programmes (事業) the directory knows: codes, labels in three registers, families, aliases with scope, and who
// may see a service of the programme unless its row says otherwise. A data file (directory/data/taxonomy.json), not
// code.
#pragma once

#include "directory/calendar.hpp"
#include "directory/codes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shirube::directory {

/// Place of a programme in the taxonomy; small and dense so that columns and bitmaps can use it.
using ProgrammeIndex = std::uint16_t;

/// A text in the three registers every word of the interface has.
struct Label {
    std::string ja;
    std::string ja_easy;
    std::string en;

    /// `language` is ja, ja-easy or en; anything else answers Japanese.
    [[nodiscard]] const std::string& in(std::string_view language) const noexcept;
};

struct Programme {
    std::string code;
    Label label;
    Label public_label; ///< how it is called before the public, where its name would mark who comes; else the label
    std::optional<ProgrammeIndex> parent;         ///< a family, or the programme this is a kind of
    Visibility visibility = Visibility::everyone; ///< of its services, by default
    bool outreach = false;                        ///< happens at others' places (出張)
    std::string source;                           ///< the law or notice that names it
    std::optional<Label> about;                   ///< what it is, in one plain sentence
    std::vector<std::string> words;               ///< what people type who look for it, and how its name is read
};

/// A local or former name of a programme, valid for some municipalities and days.
struct Alias {
    std::string name;
    ProgrammeIndex programme;
    std::vector<std::string> municipalities; ///< 5-digit codes; empty: everywhere
    std::optional<Day> valid_from;
    std::optional<Day> valid_to;
};

class Taxonomy {
  public:
    /// \throws std::runtime_error with the place of the fault
    static Taxonomy from_json(std::string_view json);
    static const Taxonomy& shipped();

    [[nodiscard]] const std::vector<Programme>& programmes() const noexcept { return programmes_; }
    [[nodiscard]] const Programme& at(ProgrammeIndex index) const { return programmes_.at(index); }
    [[nodiscard]] const std::vector<Alias>& aliases() const noexcept { return aliases_; }

    [[nodiscard]] std::optional<ProgrammeIndex> by_code(std::string_view code) const;

    /// What a list of `municipality` means by `name` (a code, else a label, else an alias; folded). Nothing where the
    /// name is unknown or its aliases disagree: the caller asks, it never guesses.
    [[nodiscard]] std::optional<ProgrammeIndex> by_name(std::string_view name, std::string_view municipality) const;

    /// The programme itself and everything below it.
    [[nodiscard]] std::vector<ProgrammeIndex> with_descendants(ProgrammeIndex index) const;

    /// Whether `index` is one of the families at the top (相談, 居場所 …).
    [[nodiscard]] bool is_family(ProgrammeIndex index) const;

    /// The family a programme belongs to; a family's own is itself.
    [[nodiscard]] ProgrammeIndex family_of(ProgrammeIndex index) const;

  private:
    std::vector<Programme> programmes_;
    std::vector<Alias> aliases_;
    std::unordered_map<std::string, ProgrammeIndex> by_code_;
    std::unordered_map<std::string, ProgrammeIndex> by_folded_label_;
    std::unordered_multimap<std::string, std::size_t> by_folded_alias_; ///< into aliases_
};

} // namespace shirube::directory
