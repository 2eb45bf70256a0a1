// Suggestions while somebody types: programmes first (few, and what most people mean), then districts and towns, then
// places by name. A name that begins with what was typed stands before one that holds it.
#include "directory/fold.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/filter.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <algorithm>
#include <unordered_set>

namespace shirube::directory {

namespace {

class Suggestions {
  public:
    Suggestions(const Snapshot& snapshot, std::string_view typed, std::size_t most)
        : snapshot_(snapshot), word_(fold(typed)), most_(most) {}

    std::vector<Suggestion> run() {
        if (word_.empty()) {
            return {};
        }
        add_programmes();
        add_districts();
        add_towns();
        add_services();
        std::ranges::stable_sort(found_, {}, &Ranked::rank);
        std::vector<Suggestion> out;
        for (auto& ranked : found_) {
            if (out.size() == most_) {
                break;
            }
            out.push_back(std::move(ranked.suggestion));
        }
        return out;
    }

  private:
    struct Ranked {
        int rank = 0;
        Suggestion suggestion;
    };

    /// Where the word stands in a folded name: 0 at its beginning, 1 inside, nothing where it does not.
    [[nodiscard]] std::optional<int> match(std::string_view folded) const {
        const auto at = folded.find(word_);
        if (at == std::string_view::npos) {
            return std::nullopt;
        }
        return at == 0 ? 0 : 1;
    }

    [[nodiscard]] bool is_full(std::size_t before) const { return found_.size() >= before + most_; }

    void add_programmes() {
        const auto& programmes = snapshot_.taxonomy.programmes();
        for (std::size_t i = 0; i < programmes.size(); ++i) {
            if (programmes[i].visibility > snapshot_.audience.sees()) {
                continue;
            }
            if (const auto rank = match(snapshot_.ground->programme_text[i])) {
                found_.push_back(
                    {*rank * 4,
                     {Suggestion::Kind::programme, programmes[i].label.ja, {}, programmes[i].code, std::nullopt}});
            }
        }
    }

    void add_districts() {
        const auto before = found_.size();
        for (const auto& district : snapshot_.ground->districts) {
            if (is_full(before)) {
                return;
            }
            if (const auto rank = match(fold(district.name))) {
                const auto place =
                    district.geometry.empty() ? std::nullopt : std::optional(geo::point_inside(district.geometry));
                found_.push_back({*rank * 4 + 1,
                                  {Suggestion::Kind::district, district.name, district.municipality_name,
                                   district.layer + ":" + district.code, place}});
            }
        }
    }

    void add_towns() {
        const auto before = found_.size();
        const auto& towns = snapshot_.ground->towns;
        for (std::uint32_t i = 0; i < towns.size() && !is_full(before); ++i) {
            if (const auto rank = match(snapshot_.ground->town_text[i])) {
                found_.push_back({*rank * 4 + 2,
                                  {Suggestion::Kind::town,
                                   towns[i].town + towns[i].koaza,
                                   towns[i].municipality_name,
                                   {},
                                   towns[i].position}});
            }
        }
    }

    [[nodiscard]] std::vector<std::uint32_t> services_named() const {
        auto of_base = snapshot_.base->text.find(word_);
        return snapshot_.overlay == nullptr ? std::move(of_base)
                                            : snapshot_.merged(of_base, snapshot_.overlay->part.text.find(word_));
    }

    void add_services() {
        const auto before = found_.size();
        std::unordered_set<std::uint32_t> seen; // a building with five programmes is one suggestion
        for (const auto service : services_named()) {
            if (is_full(before)) {
                return;
            }
            const auto [part, place] = snapshot_.kept(service);
            const auto& row = part.services[place];
            const auto rank = match(part.text.document(place));
            if (!rank || !seen.insert(row.site).second) {
                continue;
            }
            const auto& site = part.site_of(place);
            found_.push_back({*rank * 4 + 3,
                              {Suggestion::Kind::service, site.name, snapshot_.taxonomy.at(row.programme).label.ja,
                               row.id, site.position}});
        }
    }

    const Snapshot& snapshot_;
    std::string word_;
    std::size_t most_;
    std::vector<Ranked> found_;
};

} // namespace

std::vector<Suggestion> Reader::suggest(std::string_view text, std::size_t most) const {
    return Suggestions(*snapshot_, text, most).run();
}

} // namespace shirube::directory
