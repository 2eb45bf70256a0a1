#include "importers/landmarks/landmarks_template.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/postal_code.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/header_columns.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/locating/place.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::LandmarkKind;
using directory::PositionQuality;

constexpr std::string_view k_name = "名称";
constexpr std::string_view k_kana = "名称_カナ";
constexpr std::string_view k_kind_column = "種類";
constexpr std::string_view k_detail = "説明";
constexpr std::string_view k_address = "住所";
constexpr std::string_view k_latitude = "緯度";
constexpr std::string_view k_longitude = "経度";
constexpr std::string_view k_municipality = "市区町村コード";
constexpr std::array k_columns{k_name,    k_kana,     k_kind_column, k_detail,
                               k_address, k_latitude, k_longitude,   k_municipality};
constexpr std::array k_required{k_name};
constexpr PlaceColumns k_place{.municipality_code = k_municipality,
                               .municipality_name = {},
                               .address = k_address,
                               .building = {},
                               .latitude = k_latitude,
                               .longitude = k_longitude};
constexpr std::size_t k_most_letters = 100;

class TemplateLandmarks final : public LandmarkLayout {
  public:
    TemplateLandmarks(const LandmarkDesk& desk, const ImportOptions& options)
        : context_{.taxonomy = desk.taxonomy,
                   .locator = desk.locator,
                   .municipality = options.municipality,
                   .language = options.language} {}

    LandmarkOutcome read(RowCells& cells) override {
        LandmarkOutcome outcome;
        auto& landmark = outcome.reading;
        if (!read_name(cells, landmark)) {
            return outcome;
        }
        const directory::SiteReading site = read_place(cells, k_place, context_);
        if (site.quality == PositionQuality::withheld) {
            cells.note_row({"landmark_protected"}); // what is kept back is nothing to find one's way by
            return outcome;
        }
        landmark.kana = shortened(cells.text(k_kana), k_most_letters);
        landmark.detail = shortened(cells.free_text(k_detail), k_most_letters);
        landmark.municipality = site.municipality;
        landmark.municipality_name = site.municipality_name;
        landmark.position = site.position;
        landmark.accuracy_m = site.accuracy_m.value_or(0);
        outcome.quality = site.quality;
        if (!landmark.position && !cells.has_issues()) {
            cells.note_row({"landmark_without_position"});
        }
        // By what the row says: where a gazetteer puts it may change.
        const std::string stated = parse_municipality_code(cells.raw(k_municipality)).value_or(context_.municipality);
        outcome.key = fmt::format("{}|{}|{}|{}", directory::code_of(landmark.kind), directory::fold(landmark.name),
                                  stated, directory::fold(landmark.detail));
        outcome.fate = LandmarkFate::taken;
        return outcome;
    }

  private:
    static bool read_name(RowCells& cells, directory::LandmarkReading& landmark) {
        landmark.name = shortened(cells.text(k_name), k_most_letters);
        if (landmark.name.empty()) {
            cells.note({"landmark_name_missing"}, k_name);
            return false;
        }
        if (may_not_be_named(landmark.name)) {
            cells.note_row({"landmark_protected"});
            return false;
        }
        const std::string kind = plain(cells.text(k_kind_column));
        const auto known =
            kind.empty() ? std::optional(LandmarkKind::facility) : directory::parse_code<LandmarkKind>(kind);
        if (!known) {
            cells.note({"landmark_kind_unknown", in_words(choices_of_column(k_kind_column))}, k_kind_column);
            return false;
        }
        landmark.kind = *known;
        if (landmark.kind == LandmarkKind::postal_code) {
            const auto code = cells.take(parse_postal_code(landmark.name), k_name);
            landmark.name = code.value_or("");
        }
        return !landmark.name.empty();
    }

    LayoutContext context_;
};

HeaderFit fit(std::span<const std::string> header) { return fit_of(header, k_columns, k_required); }

std::unique_ptr<LandmarkLayout> make(const Table& /*table*/, const LandmarkDesk& desk, const ImportOptions& options) {
    return std::make_unique<TemplateLandmarks>(desk, options);
}

} // namespace

const LandmarkLayoutKind& landmarks_template() {
    static constexpr LandmarkLayoutKind k_kind{
        .profile = "landmarks-template", .publisher = "", .is_one_list = false, .fit = fit, .make = make};
    return k_kind;
}

std::string column_of_resources(std::span<const std::string> header) {
    const auto found = find_header(header, {"事業", "公開範囲", "公開同意日", "公開同意者", "公開しない項目",
                                            "場所の公開", "紹介の道筋", "対象ID"});
    return found ? header[*found] : std::string{};
}

} // namespace shirube::importers
