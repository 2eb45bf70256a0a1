#include "importers/layouts/template.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/layouts/template_audience.hpp"
#include "importers/layouts/template_programme.hpp"
#include "importers/layouts/template_service.hpp"
#include "importers/locating/place.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::ResourceReading;

// The last two are no part of the template's header; a list of several municipalities may add them.
constexpr std::array<std::string_view, 50> k_columns{"ID",
                                                     "事業",
                                                     "名称",
                                                     "名称_カナ",
                                                     "公開名称",
                                                     "運営主体",
                                                     "運営主体種別",
                                                     "住所",
                                                     "方書",
                                                     "緯度",
                                                     "経度",
                                                     "電話番号",
                                                     "URL",
                                                     "対象",
                                                     "対象年齢_開始",
                                                     "対象年齢_終了",
                                                     "学校段階",
                                                     "利用方法",
                                                     "料金",
                                                     "送迎",
                                                     "定員",
                                                     "契約",
                                                     "所管課",
                                                     "状態",
                                                     "確度",
                                                     "開催曜日",
                                                     "開催日",
                                                     "開催開始時間",
                                                     "開催終了時間",
                                                     "開催日時特記事項",
                                                     "祝日",
                                                     "特徴",
                                                     "対象区域",
                                                     "利用可能住民",
                                                     "広域利用の条件",
                                                     "開始年月日",
                                                     "終了年月日",
                                                     "最終確認日",
                                                     "備考",
                                                     "公開範囲",
                                                     "公開同意日",
                                                     "公開同意者",
                                                     "公開しない項目",
                                                     "場所の公開",
                                                     "紹介の道筋",
                                                     "空き",
                                                     "空きの時点",
                                                     "担当",
                                                     "市区町村コード",
                                                     "市区町村名"};

constexpr std::array<std::string_view, 2> k_required{"事業", "名称"};

class TemplateLayout final : public ResourceLayout {
  public:
    [[nodiscard]] std::string_view profile() const override { return "shirube-template"; }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        return fit_of(header, k_columns, k_required);
    }

    [[nodiscard]] bool is_contact(std::string_view column) const override { return is_contact_column(column); }

    /// A list of this layout speaks of whatever its rows name.
    [[nodiscard]] std::vector<std::string> default_programmes() const override { return {}; }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const override {
        RowCells cells(header, record, context.language,
                       [this](std::string_view column) { return is_contact(column); });
        RowOutcome outcome;
        if (cells.is_blank()) {
            outcome.bin = Bin::blank;
            return outcome;
        }
        outcome.reading = read_row(cells, context);
        if (outcome.reading) {
            outcome.key = key_of(cells);
            outcome.bin = cells.has_issues() ? Bin::flagged : Bin::accepted;
        } else {
            outcome.bin = Bin::rejected;
        }
        outcome.issues = cells.take_issues();
        return outcome;
    }

  private:
    static std::optional<ResourceReading> read_row(RowCells& cells, const LayoutContext& context) {
        const std::string name = cells.text("名称");
        const auto municipality = read_municipality(cells.raw("市区町村コード"));
        const auto programme = read_programme(
            cells.raw("事業"), municipality && *municipality ? (*municipality)->code : context.municipality,
            context.taxonomy);
        if (name.empty()) {
            cells.note({"name_missing"}, "名称");
        }
        if (!programme) {
            cells.note(programme.error(), "事業");
        } else {
            refuse_private_home(cells, context.taxonomy, *programme);
        }
        if (cells.has_issues()) {
            return std::nullopt;
        }
        ResourceReading reading;
        reading.site = read_place(cells, k_template_place, context);
        reading.site.official_name = name;
        reading.site.public_name = cells.text("公開名称");
        reading.site.kana = cells.text("名称_カナ");
        reading.organization = read_organization(cells);
        reading.services.push_back(read_template_service(cells, context.locator));
        reading.services.back().programme = context.taxonomy.at(*programme).code;
        read_audience(cells, context.taxonomy.at(*programme), reading.site, reading.services.back());
        return reading;
    }

    /// A home stays out whatever cell gives it away. Who takes children in under somebody's care, as a person, is a
    /// foster family too, by whatever name.
    static void refuse_private_home(RowCells& cells, const directory::Taxonomy& taxonomy,
                                    directory::ProgrammeIndex programme) {
        for (const std::string_view column : {"名称", "公開名称", "運営主体", "運営主体種別"}) {
            if (names_private_home(cells.text(column))) {
                cells.note({"private_home"}, column);
                return;
            }
        }
        const auto is_below = [&](std::string_view code) {
            const auto top = taxonomy.by_code(code);
            const auto below = top ? taxonomy.with_descendants(*top) : std::vector<directory::ProgrammeIndex>{};
            return std::ranges::find(below, programme) != below.end();
        };
        if (names_private_person(cells.text("運営主体種別")) &&
            (is_below("alternative_care") || is_below("kosodate_tanki"))) {
            cells.note({"private_home"}, "運営主体種別");
        }
    }

    static directory::OrganizationReading read_organization(RowCells& cells) {
        directory::OrganizationReading organization{
            .name = cells.text("運営主体"), .kind = cells.text("運営主体種別"), .corporate_number = {}};
        if (names_private_person(organization.kind)) {
            cells.note({"private_person"}, "運営主体種別");
            organization.name.clear();
        }
        return organization;
    }

    static std::string key_of(RowCells& cells) {
        const std::string id = plain(cells.text("ID"));
        return !id.empty() ? id
                           : directory::fold(cells.text("事業")) + "|" + directory::fold(cells.text("名称")) + "|" +
                                 directory::fold_address(cells.text("住所"));
    }
};

} // namespace

std::unique_ptr<ResourceLayout> make_template_layout() { return std::make_unique<TemplateLayout>(); }

} // namespace shirube::importers
