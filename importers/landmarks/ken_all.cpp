#include "importers/landmarks/ken_all.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/postal_code.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/lists/municipality_code.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

using directory::PositionQuality;

constexpr std::string_view k_municipality = "全国地方公共団体コード";
constexpr std::string_view k_code = "郵便番号";
constexpr std::string_view k_town_kana = "町域名カナ";
constexpr std::string_view k_prefecture = "都道府県名";
constexpr std::string_view k_city = "市区町村名";
constexpr std::string_view k_town = "町域名";
constexpr std::string_view k_change = "更新の表示";
constexpr std::array k_columns{k_municipality,
                               std::string_view("旧郵便番号"),
                               k_code,
                               std::string_view("都道府県名カナ"),
                               std::string_view("市区町村名カナ"),
                               k_town_kana,
                               k_prefecture,
                               k_city,
                               k_town,
                               std::string_view("一町域が二以上の郵便番号"),
                               std::string_view("小字毎に番地"),
                               std::string_view("丁目を有する町域"),
                               std::string_view("一つの郵便番号で二以上の町域"),
                               k_change,
                               std::string_view("変更理由")};
constexpr std::array k_required{k_municipality, k_code, k_prefecture, k_city, k_town};
constexpr std::size_t k_most_letters = 200;

bool is_row(std::span<const std::string> cells) {
    if (cells.size() != k_columns.size()) {
        return false;
    }
    const auto code = parse_postal_code(cells[2]);
    const auto municipality = parse_municipality_code(cells[0]);
    const auto prefecture = prefecture_code_of(cells[6]);
    return code && *code && municipality && prefecture && municipality->starts_with(*prefecture);
}

/// What stands before the first bracket of either width; remarks stand in them.
std::string_view before_brackets(std::string_view text) {
    return text.substr(0, std::min(text.find("（"), text.find('(')));
}

std::ptrdiff_t count(std::string_view text, std::string_view what) {
    std::ptrdiff_t found = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) {
        ++found;
    }
    return found;
}

/// Brackets that a text opens and does not close; below zero: it closes what a row before opened.
std::ptrdiff_t open_brackets(std::string_view text) {
    return count(text, "（") + count(text, "(") - count(text, "）") - count(text, ")");
}

class PostalCodes final : public LandmarkLayout {
  public:
    explicit PostalCodes(const LandmarkDesk& desk) : desk_(desk) {}

    LandmarkOutcome read(RowCells& cells) override {
        LandmarkOutcome outcome;
        const auto code = cells.take(parse_postal_code(cells.raw(k_code)), k_code);
        const auto municipality = parse_municipality_code(cells.raw(k_municipality));
        if (!code || !municipality) {
            if (!cells.has_issues()) {
                cells.note({code ? "municipality_unreadable" : "postal_code_malformed"},
                           code ? k_municipality : k_code);
            }
            return outcome;
        }
        note_prefecture(*municipality);
        const std::string town = cells.text(k_town);
        if (const auto fate = fate_of_continued(*code, *municipality, town)) {
            outcome.fate = *fate;
            return outcome;
        }
        outcome.fate = read_code(cells, *code, *municipality, town, outcome);
        if (const auto left_open = open_brackets(town); left_open > 0) {
            open_ = {.code = *code, .municipality = *municipality, .brackets = left_open, .fate = outcome.fate};
        }
        return outcome;
    }

    [[nodiscard]] std::string prefecture() const override { return prefecture_.value_or(""); }

  private:
    /// A row whose remark goes on in the next.
    struct Open {
        std::string code;
        std::string municipality;
        std::ptrdiff_t brackets = 0; ///< none: there is no such row
        LandmarkFate fate = LandmarkFate::rejected;
    };

    void note_prefecture(std::string_view municipality) {
        const std::string prefecture(prefecture_of_code(municipality.substr(0, 2)));
        if (!prefecture_) {
            prefecture_ = prefecture;
        } else if (*prefecture_ != prefecture) {
            prefecture_ = "";
        }
    }

    /// What becomes of a row that goes on with the one before; nothing where it begins anew.
    std::optional<LandmarkFate> fate_of_continued(const std::string& code, const std::string& municipality,
                                                  std::string_view town) {
        if (open_.brackets == 0) {
            return std::nullopt;
        }
        if (open_.code != code || open_.municipality != municipality) {
            open_ = {}; // it was never closed
            return std::nullopt;
        }
        open_.brackets = std::max<std::ptrdiff_t>(0, open_.brackets + open_brackets(town));
        return open_.fate == LandmarkFate::taken ? LandmarkFate::same : open_.fate;
    }

    /// The municipality as the gazetteer has it; nothing where it has not.
    const std::optional<Location>& municipality_of(const std::string& code, const std::string& prefecture,
                                                   const std::string& city) {
        const auto [found, is_new] = municipalities_.try_emplace(prefecture + "|" + city + "|" + code);
        if (is_new) {
            found->second = desk_.locator.locate_municipality(city, prefecture);
            if (!found->second) {
                found->second = desk_.locator.locate_municipality(code, prefecture);
            }
        }
        return found->second;
    }

    LandmarkFate read_code(RowCells& cells, const std::string& code, const std::string& municipality,
                           const std::string& written_town, LandmarkOutcome& outcome) {
        const std::string prefecture = cells.text(k_prefecture);
        const std::string city = cells.text(k_city);
        const auto& whole = municipality_of(municipality, prefecture, city);
        constexpr std::string_view k_abolished = "2";
        if (!whole || cells.raw(k_change) == k_abolished) {
            return LandmarkFate::outside;
        }
        auto& reading = outcome.reading;
        reading.kind = directory::LandmarkKind::postal_code;
        reading.name = code;
        reading.municipality = municipality;
        reading.municipality_name = shortened(city, k_most_letters);
        reading.detail = shortened(postal_town(written_town, city), k_most_letters);
        outcome.key = fmt::format("postal_code|{}|{}|{}", code, municipality, directory::fold(reading.detail));
        if (!keys_.insert(outcome.key).second) {
            return LandmarkFate::same; // another part of the same town
        }
        Location at = *whole;
        if (!reading.detail.empty()) {
            reading.kana = shortened(std::string(before_brackets(plain(cells.text(k_town_kana)))), k_most_letters);
            if (auto town = locate(prefecture + city, city, written_town, reading.detail)) {
                at = std::move(*town);
            }
        }
        reading.position = at.position;
        reading.accuracy_m = at.accuracy_m;
        outcome.quality = at.quality;
        return LandmarkFate::taken;
    }

    /// The town; of a floor of a tower, which has codes of its own, the town it stands in.
    std::optional<Location> locate(const std::string& before, const std::string& city, std::string_view written_town,
                                   const std::string& town) {
        auto& known = towns_[before];
        auto found = desk_.locator.locate_town(before + town, city);
        if (!found && written_town.find("階") != std::string_view::npos) {
            const std::string* best = nullptr;
            for (const auto& [name, location] : known) {
                if (town.starts_with(name) && (best == nullptr || name.size() > best->size())) {
                    best = &name;
                }
            }
            return best == nullptr ? std::nullopt : std::optional(known.at(*best));
        }
        if (found) {
            known.insert_or_assign(town, *found);
        }
        return found;
    }

    const LandmarkDesk& desk_;
    Open open_;
    std::optional<std::string> prefecture_; ///< empty inside: several
    std::map<std::string, std::optional<Location>> municipalities_;
    std::map<std::string, std::map<std::string, Location>> towns_; ///< that were found, by municipality
    std::unordered_set<std::string> keys_;
};

HeaderFit fit(std::span<const std::string> header) { return fit_of(header, k_columns, k_required); }

std::unique_ptr<LandmarkLayout> make(const Table& /*table*/, const LandmarkDesk& desk,
                                     const ImportOptions& /*options*/) {
    return std::make_unique<PostalCodes>(desk);
}

} // namespace

const LandmarkLayoutKind& postal_codes() {
    static constexpr LandmarkLayoutKind k_kind{
        .profile = "ken-all", .publisher = "日本郵便", .is_one_list = true, .fit = fit, .make = make};
    return k_kind;
}

void give_postal_header(Table& table) {
    if (!is_row(table.header)) {
        return;
    }
    const std::int64_t row = table.records.empty() ? 1 : std::max<std::int64_t>(1, table.records.front().row - 1);
    table.records.insert(table.records.begin(), Record{.row = row, .cells = std::move(table.header)});
    table.header.assign(k_columns.begin(), k_columns.end());
}

std::string postal_town(std::string_view cell, std::string_view municipality) {
    constexpr std::string_view k_whole = "一円";
    std::string town(before_brackets(cell));
    if (town.starts_with("以下に掲載がない場合")) {
        return {};
    }
    if (const auto at = town.find("の次に"); at != std::string::npos && town.find("番地", at) != std::string::npos) {
        return {};
    }
    if (town.size() > k_whole.size() && town.ends_with(k_whole)) {
        town.erase(town.size() - k_whole.size());
        if (municipality.ends_with(town)) {
            return {};
        }
    }
    return town;
}

} // namespace shirube::importers
