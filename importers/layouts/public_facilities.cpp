#include "importers/layouts/public_facilities.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/layouts/standard_layout.hpp"
#include "importers/layouts/template_programme.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::ProgrammeIndex;
using directory::ServiceReading;

constexpr auto k_old_columns = std::to_array<std::string_view>({"都道府県コード又は市区町村コード",
                                                                "NO",
                                                                "都道府県名",
                                                                "市区町村名",
                                                                "名称",
                                                                "名称_カナ",
                                                                "名称_通称",
                                                                "POIコード",
                                                                "種別",
                                                                "住所",
                                                                "方書",
                                                                "緯度",
                                                                "経度",
                                                                "電話番号",
                                                                "内線番号",
                                                                "法人番号",
                                                                "団体名",
                                                                "利用可能曜日",
                                                                "開始時間",
                                                                "終了時間",
                                                                "利用可能日時特記事項",
                                                                "説明",
                                                                "バリアフリー情報",
                                                                "URL",
                                                                "備考"});

constexpr auto k_new_columns = std::to_array<std::string_view>({"全国地方公共団体コード",
                                                                "ID",
                                                                "地方公共団体名",
                                                                "名称",
                                                                "名称_カナ",
                                                                "名称_通称",
                                                                "名称_英字",
                                                                "POIコード",
                                                                "種別",
                                                                "所在地_全国地方公共団体コード",
                                                                "町字ID",
                                                                "所在地_連結表記",
                                                                "所在地_都道府県",
                                                                "所在地_市区町村",
                                                                "所在地_町字",
                                                                "所在地_番地以下",
                                                                "建物名等(方書)",
                                                                "緯度",
                                                                "経度",
                                                                "高度の種別",
                                                                "高度の値",
                                                                "電話番号",
                                                                "内線番号",
                                                                "連絡先メールアドレス",
                                                                "連絡先FormURL",
                                                                "連絡先備考（その他、SNSなど）",
                                                                "郵便番号",
                                                                "法人番号",
                                                                "団体名",
                                                                "利用可能曜日",
                                                                "開始時間",
                                                                "終了時間",
                                                                "利用可能日時特記事項",
                                                                "説明",
                                                                "バリアフリー情報",
                                                                "URL",
                                                                "画像",
                                                                "画像_ライセンス",
                                                                "備考"});

constexpr std::array<std::string_view, 3> k_old_required{"名称", "住所", "利用可能曜日"};
constexpr std::array<std::string_view, 3> k_new_required{"名称", "所在地_連結表記", "利用可能曜日"};

constexpr StandardEdition k_old{
    .profile = "public-facilities-old", .columns = k_old_columns, .required = k_old_required, .names = k_old_standard};
constexpr StandardEdition k_new{
    .profile = "public-facilities", .columns = k_new_columns, .required = k_new_required, .names = k_new_standard};

/// The programmes behind POI codes, as municipalities' lists use them (a letter may follow the four digits: 1403a).
/// Schools' codes are those of 小中学校通学区域情報. Codes that are not here are of no programme, or of one nobody has
/// shown us: they are out of scope, not guessed.
constexpr auto k_poi_programmes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"1402", "hoikusho"},
    {"1403", "jidokan"},
    {"1404", "hokago_jido_club"},
    {"1406", "shien_kyoten"},
    {"1501", "yochien"},
    {"1503", "shogakko"},
    {"1504", "chugakko"},
});

/// The programme of a POI code: four digits, and at most one letter behind them.
std::optional<ProgrammeIndex> programme_of_poi(std::string_view code, const directory::Taxonomy& taxonomy) {
    if (code.size() < 4 || code.size() > 5) {
        return std::nullopt;
    }
    const auto* const found =
        std::ranges::find(k_poi_programmes, code.substr(0, 4), &std::pair<std::string_view, std::string_view>::first);
    return found == k_poi_programmes.end() ? std::nullopt : taxonomy.by_code(found->second);
}

class PublicFacilitiesLayout final : public StandardLayout {
  public:
    using StandardLayout::StandardLayout;

    /// Old sets class a building by its POI code, some lists by 種別: one of the two must be there.
    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        HeaderFit fit = StandardLayout::fit(header);
        const bool has_class = std::ranges::any_of(header, [](const std::string& column) {
            const std::string key = column_key(column);
            return key == column_key("POIコード") || key == column_key("種別");
        });
        if (!has_class) {
            fit.missing.emplace_back("POIコード");
        }
        return fit;
    }

  private:
    /// None for a town hall, a park, a gymnasium.
    [[nodiscard]] Programmes programmes_of(RowCells& cells, const LayoutContext& context) const override {
        if (auto named = read_programmes(cells.raw("種別"), context.municipality, context.taxonomy)) {
            return {.found = std::move(*named)};
        }
        std::vector<ProgrammeIndex> programmes;
        for (const std::string& code : parts_of(cells.raw("POIコード"))) {
            auto programme = programme_of_poi(code, context.taxonomy);
            if (!programme) { // some lists write words where the code belongs
                if (const auto named = read_programme(code, context.municipality, context.taxonomy)) {
                    programme = *named;
                }
            }
            if (programme && std::ranges::find(programmes, *programme) == programmes.end()) {
                programmes.push_back(*programme);
            }
        }
        return {.found = std::move(programmes)};
    }

    [[nodiscard]] std::vector<ServiceReading> read_services(RowCells& cells, std::span<const ProgrammeIndex> programmes,
                                                            const directory::Taxonomy& taxonomy) const override {
        const ServiceReading service = read_service(cells);
        std::vector<ServiceReading> services;
        for (const ProgrammeIndex programme : programmes) {
            services.push_back(service);
            services.back().programme = taxonomy.at(programme).code;
        }
        return services;
    }

    static ServiceReading read_service(RowCells& cells) {
        ServiceReading service = read_standard_service(cells, {});
        read_standard_schedule(cells, service);
        for (const std::string_view column : {"説明", "備考"}) {
            const std::string text = cells.free_text(column);
            if (!text.empty()) {
                service.note += (service.note.empty() ? "" : "　") + text;
            }
        }
        return service;
    }
};

} // namespace

std::unique_ptr<ResourceLayout> make_old_public_facilities_layout() {
    return std::make_unique<PublicFacilitiesLayout>(k_old);
}

std::unique_ptr<ResourceLayout> make_new_public_facilities_layout() {
    return std::make_unique<PublicFacilitiesLayout>(k_new);
}

} // namespace shirube::importers
