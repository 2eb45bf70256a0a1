#include "importers/landmarks/p29_schools.hpp"

#include "directory/designated_city.hpp"
#include "directory/fold.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/header_columns.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/landmarks/shape_position.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/locating/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::LandmarkKind;
using directory::PositionQuality;

constexpr std::string_view k_municipality = "P29_001";
constexpr std::string_view k_only_later = "P29_008";
constexpr std::size_t k_most_letters = 100;

/// Where an edition keeps what.
struct Edition {
    std::string_view code; ///< empty: it has none
    std::string_view school_class;
    std::string_view name;
    std::string_view address;
    std::string_view suspended; ///< empty: it does not say
};
constexpr Edition k_2013{
    .code = "", .school_class = "P29_004", .name = "P29_005", .address = "P29_006", .suspended = ""};
constexpr Edition k_2021{
    .code = "P29_002", .school_class = "P29_003", .name = "P29_004", .address = "P29_005", .suspended = "P29_007"};
constexpr std::array<std::string_view, 9> k_columns_2013{k_municipality,      "P29_002",          "P29_003",
                                                         k_2013.school_class, k_2013.name,        k_2013.address,
                                                         "P29_007",           k_longitude_column, k_latitude_column};
constexpr std::array<std::string_view, 9> k_columns_2021{k_municipality,   k_2021.code,        k_2021.school_class,
                                                         k_2021.name,      k_2021.address,     "P29_006",
                                                         k_2021.suspended, k_longitude_column, k_latitude_column};

bool is_later(std::span<const std::string> header) { return find_header(header, {k_only_later}).has_value(); }

/// 学校分類コード.
std::string_view class_in_words(std::string_view code) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> k_classes{
        {{"16001", "小学校"},
         {"16002", "中学校"},
         {"16003", "中等教育学校"},
         {"16004", "高等学校"},
         {"16005", "高等専門学校"},
         {"16006", "短期大学"},
         {"16007", "大学"},
         {"16011", "幼稚園"},
         {"16012", "特別支援学校"},
         {"16013", "幼保連携型認定こども園"},
         {"16014", "義務教育学校"}}};
    const auto* found = std::ranges::find(k_classes, code, &std::pair<std::string_view, std::string_view>::first);
    return found == k_classes.end() ? std::string_view{} : found->second;
}

/// A code as the table has it: 3 as well as "3.000000", which is what a column of numbers becomes.
std::string_view whole(std::string_view text) {
    const auto point = text.find('.');
    const bool zeros =
        point != std::string_view::npos && text.find_first_not_of('0', point + 1) == std::string_view::npos;
    return zeros ? text.substr(0, point) : text;
}

class P29Schools final : public LandmarkLayout {
  public:
    P29Schools(const Table& table, const LandmarkDesk& desk)
        : edition_(is_later(table.header) ? k_2021 : k_2013), desk_(desk) {}

    LandmarkOutcome read(RowCells& cells) override {
        LandmarkOutcome outcome;
        auto& school = outcome.reading;
        school.kind = LandmarkKind::school;
        school.name = shortened(cells.text(edition_.name), k_most_letters);
        school.municipality = parse_municipality_code(cells.raw(k_municipality)).value_or("");
        note_prefecture(school.municipality);
        if (school.name.empty()) {
            cells.note({"landmark_name_missing"}, edition_.name);
            return outcome;
        }
        if (may_not_be_named(school.name)) {
            cells.note_row({"landmark_protected"});
            return outcome;
        }
        const std::string address = cells.text(edition_.address);
        locate(cells, address, outcome);
        if (outcome.fate == LandmarkFate::outside) {
            return outcome;
        }
        if (school.municipality.empty()) {
            cells.note({"municipality_unreadable"}, k_municipality);
        }
        outcome.fate = LandmarkFate::taken;
        school.detail = detail_of(cells);
        const std::string_view code = edition_.code.empty() ? std::string_view{} : cells.raw(edition_.code);
        const std::string name = directory::fold(school.name);
        outcome.key = code.empty() ? fmt::format("school|{}|{}|{}", whole(cells.raw(edition_.school_class)), name,
                                                 directory::fold_address(school.municipality + address))
                                   : fmt::format("school|{}|{}", code, name);
        return outcome;
    }

    [[nodiscard]] std::string prefecture() const override { return prefecture_.value_or(""); }

  private:
    void note_prefecture(std::string_view municipality) {
        const std::string prefecture(prefecture_of_code(municipality.substr(0, 2)));
        if (!prefecture_) {
            prefecture_ = prefecture;
        } else if (*prefecture_ != prefecture) {
            prefecture_ = "";
        }
    }

    /// Where the address lies; nothing where that is another municipality's.
    [[nodiscard]] std::optional<Location> locate(const std::string& address, std::string_view municipality) const {
        auto found = desk_.locator.locate(address, municipality);
        const bool contradicts = found && !found->municipality.empty() && !municipality.empty() &&
                                 !directory::lies_in(found->municipality, municipality);
        return contradicts ? std::nullopt : std::move(found);
    }

    /// By its own point; where that is none, by its address.
    void locate(RowCells& cells, const std::string& address, LandmarkOutcome& outcome) const {
        auto& school = outcome.reading;
        const auto known = desk_.around.municipality_of(school.municipality);
        if (known) {
            school.municipality_name = known->name;
        }
        if (const auto point = take_shape_position(cells)) {
            if (!desk_.is_near(*point)) {
                outcome.fate = LandmarkFate::outside;
                return;
            }
            school.position = *point;
            outcome.quality = PositionQuality::exact;
        } else if (const auto found = locate(address, school.municipality)) {
            school.position = found->position;
            school.accuracy_m = found->accuracy_m;
            school.municipality_name = found->municipality_name;
            outcome.quality = found->quality;
        } else if (!known && !desk_.around.empty()) {
            outcome.fate = LandmarkFate::outside; // of a municipality that the gazetteer does not have
            return;
        }
        if (school.municipality_name.empty() && school.position) {
            const auto there = desk_.around.municipality_at(*school.position);
            // The gazetteer may know the place and not its code; another code contradicts.
            school.municipality_name = there && there->code.empty() ? there->name : std::string{};
        }
        if (school.municipality_name.empty()) {
            school.municipality_name = leading_municipality(split_prefecture(address).rest);
        }
    }

    /// "小学校", "小学校（休校）": the building stands where it stood.
    std::string detail_of(RowCells& cells) const {
        std::string detail(class_in_words(whole(cells.raw(edition_.school_class))));
        if (!edition_.suspended.empty() && whole(cells.raw(edition_.suspended)) == "2") {
            detail += "（休校）";
        }
        return detail;
    }

    const Edition& edition_;
    const LandmarkDesk& desk_;
    std::optional<std::string> prefecture_; ///< empty inside: several, or one that no code says
};

HeaderFit fit(std::span<const std::string> header) {
    return is_later(header) ? fit_of(header, k_columns_2021, k_columns_2021)
                            : fit_of(header, k_columns_2013, k_columns_2013);
}

std::unique_ptr<LandmarkLayout> make(const Table& table, const LandmarkDesk& desk, const ImportOptions& /*options*/) {
    return std::make_unique<P29Schools>(table, desk);
}

} // namespace

const LandmarkLayoutKind& p29_schools() {
    static constexpr LandmarkLayoutKind k_kind{.profile = "p29-school",
                                               .publisher = "国土交通省（国土数値情報）",
                                               .is_one_list = true,
                                               .fit = fit,
                                               .make = make};
    return k_kind;
}

} // namespace shirube::importers
