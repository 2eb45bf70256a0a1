// Suggestions while somebody types. What is called so whole stands first, then what begins so, then what holds it; of
// these programmes (few, and what most people mean) before stations and schools, districts, towns, services by name.
#include "directory/fold.hpp"
#include "directory/reader.hpp"
#include "directory/romaji.hpp"
#include "directory/snapshot/filter.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_set>

namespace shirube::directory {

namespace {

/// How a name answers to what was typed.
enum class Fit : std::uint8_t { whole, begins, holds };

/// What is suggested first among equal fits.
enum class Turn : std::uint8_t { programme, landmark, district, town, service, postal_code };

/// Names of one kind that are looked at, at most: somebody who types a letter of a common word reads ten of them.
constexpr std::size_t k_most_looked_at = 1500;

/// 子ど is 子ども on the way, which folds to こども.
std::string begun(std::string folded) {
    constexpr std::string_view k_begun = "子ど";
    if (folded.ends_with(k_begun)) {
        folded.replace(folded.size() - k_begun.size(), k_begun.size(), "こど");
    }
    return folded;
}

class Suggestions {
  public:
    Suggestions(const Snapshot& snapshot, std::string_view typed, std::size_t most)
        : snapshot_(snapshot), most_(most), words_{begun(fold(typed)), kana_of_romaji(typed)} {}

    std::vector<Suggestion> run() {
        // What was typed, and where that is Latin letters, the kana they stand for.
        for (const std::string& word : words_) {
            if (!word.empty()) {
                add_all(word);
            }
        }
        std::ranges::sort(found_);
        std::vector<Suggestion> out;
        std::unordered_set<std::string> shown;
        for (const Found& found : found_) {
            if (out.size() == most_) {
                break;
            }
            Suggestion suggestion = suggestion_of(found);
            // A station of three lines, a town that two lists name, a building with five programmes: once.
            std::string key = std::to_string(static_cast<int>(found.turn));
            key += TextIndex::k_separator;
            key += suggestion.label;
            key += TextIndex::k_separator;
            key += found.turn == Turn::landmark ? landmark(found).municipality_name : suggestion.detail;
            if (shown.insert(std::move(key)).second) {
                out.push_back(std::move(suggestion));
            }
        }
        return out;
    }

  private:
    struct Found {
        Fit fit = Fit::holds;
        Turn turn = Turn::programme;
        std::uint32_t order = 0; ///< among its kind; of a service not its index, which under an overlay is not in order
        std::uint32_t item = 0;  ///< of its kind
        auto operator<=>(const Found&) const = default;
    };

    /// \param at where the word stands in a text of folded parts
    [[nodiscard]] static Fit fit_of(std::string_view text, std::string_view word, std::size_t at) {
        if (at != 0 && text[at - 1] != TextIndex::k_separator) {
            return Fit::holds;
        }
        const std::size_t end = at + word.size();
        return end == text.size() || text[end] == TextIndex::k_separator ? Fit::whole : Fit::begins;
    }

    /// The best place of a word in a text of folded parts.
    [[nodiscard]] static std::optional<Fit> best_fit(std::string_view text, std::string_view word) {
        std::optional<Fit> best;
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            const Fit fit = fit_of(text, word, at);
            best = best ? std::min(*best, fit) : fit;
        }
        return best;
    }

    void add_all(const std::string& word) {
        const auto& ground = *snapshot_.ground;
        for (std::uint32_t i = 0; i < ground.programme_text.size(); ++i) {
            if (snapshot_.taxonomy.at(static_cast<ProgrammeIndex>(i)).visibility > snapshot_.audience.sees()) {
                continue;
            }
            if (const auto fit = best_fit(ground.programme_text[i], word)) {
                found_.push_back({*fit, Turn::programme, i, i});
            }
        }
        add_landmarks(word);
        add_from(ground.district_text, Turn::district, word);
        add_from(ground.town_text, Turn::town, word);
        add_services(word);
    }

    void add_from(const TextIndex& index, Turn turn, const std::string& word) {
        std::size_t looked_at = 0;
        index.for_each(word, [&](std::uint32_t item, std::size_t) {
            found_.push_back({*best_fit(index.document(item), word), turn, item, item});
            return ++looked_at < k_most_looked_at;
        });
    }

    void add_landmarks(const std::string& word) {
        const LandmarkBook& landmarks = snapshot_.ground->landmarks;
        std::size_t looked_at = 0;
        landmarks.text().for_each(word, [&](std::uint32_t item, std::size_t) {
            const auto& reading = landmarks.rows()[item].reading;
            if (reading.position) {
                const Turn turn = reading.kind == LandmarkKind::postal_code ? Turn::postal_code : Turn::landmark;
                found_.push_back({*best_fit(landmarks.text().document(item), word), turn, item, item});
            }
            return ++looked_at < k_most_looked_at;
        });
    }

    /// By name and reading alone: an address holds the city's name a thousand times.
    void add_services(const std::string& word) {
        std::size_t looked_at = 0;
        std::unordered_set<std::uint32_t> sites;
        const auto add = [&](std::uint32_t service) {
            const auto [part, place] = snapshot_.kept(service);
            const ServiceRow& row = part.services[place];
            if (const auto fit = fit_of_name(part, place, word); fit && sites.insert(row.site).second) {
                found_.push_back({*fit, Turn::service, static_cast<std::uint32_t>(found_.size()), service});
            }
            return ++looked_at < k_most_looked_at;
        };
        if (snapshot_.overlay == nullptr) {
            snapshot_.base->text.for_each(word, [&](std::uint32_t service, std::size_t) { return add(service); });
            return;
        }
        for (const auto service :
             snapshot_.merged(snapshot_.base->text.find(word), snapshot_.overlay->part.text.find(word))) {
            if (!add(service)) {
                return;
            }
        }
    }

    [[nodiscard]] static std::optional<Fit> fit_of_name(const Part& part, std::uint32_t place, std::string_view word) {
        std::string_view names = part.text.document(place);
        auto end = names.find(TextIndex::k_separator);
        if (end != std::string_view::npos && !part.site_of(place).kana.empty()) {
            end = names.find(TextIndex::k_separator, end + 1);
        }
        return best_fit(names.substr(0, end), word);
    }

    [[nodiscard]] const LandmarkReading& landmark(const Found& found) const {
        return snapshot_.ground->landmarks.rows()[found.item].reading;
    }

    [[nodiscard]] Suggestion suggestion_of(const Found& found) const {
        using Kind = Suggestion::Kind;
        const auto& ground = *snapshot_.ground;
        switch (found.turn) {
            case Turn::programme: {
                const auto& programme = snapshot_.taxonomy.at(static_cast<ProgrammeIndex>(found.item));
                return {Kind::programme, programme.label.ja, {}, programme.code, std::nullopt};
            }
            case Turn::landmark:
            case Turn::postal_code: {
                const auto& reading = landmark(found);
                const bool says_more = reading.kind == LandmarkKind::postal_code;
                return {Kind::landmark, reading.name,
                        says_more ? reading.municipality_name + reading.detail : reading.municipality_name,
                        std::string{code_of(reading.kind)}, reading.position};
            }
            case Turn::district: {
                const auto& district = ground.districts[found.item];
                const auto place = district.geometry.empty()
                                       ? std::nullopt
                                       : std::optional(ground.kept_labels.of(found.item, district.geometry));
                return {Kind::district, district.name, district.municipality_name, district.layer + ":" + district.code,
                        place};
            }
            case Turn::town: {
                const auto& town = ground.towns[found.item];
                return {Kind::town, town.town + town.koaza, town.municipality_name, {}, town.position};
            }
            case Turn::service:
                break;
        }
        const auto [part, place] = snapshot_.kept(found.item);
        const auto& row = part.services[place];
        const auto& site = part.site_of(place);
        return {Kind::service, site.name, snapshot_.taxonomy.at(row.programme).label.ja, row.id, site.position};
    }

    const Snapshot& snapshot_;
    std::size_t most_;
    std::array<std::string, 2> words_;
    std::vector<Found> found_;
};

} // namespace

std::vector<Suggestion> Reader::suggest(std::string_view text, std::size_t most) const {
    return Suggestions(*snapshot_, text, most).run();
}

} // namespace shirube::directory
