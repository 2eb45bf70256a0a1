#include "importers/layouts/childcare.hpp"

#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/layouts/standard_layout.hpp"
#include "importers/layouts/template_programme.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::Feature;
using directory::ServiceReading;

constexpr auto k_old_columns = std::to_array<std::string_view>({"都道府県コード又は市区町村コード",
                                                                "NO",
                                                                "都道府県名",
                                                                "市区町村名",
                                                                "名称",
                                                                "名称_カナ",
                                                                "種別",
                                                                "住所",
                                                                "方書",
                                                                "緯度",
                                                                "経度",
                                                                "アクセス方法",
                                                                "駐車場情報",
                                                                "電話番号",
                                                                "内線番号",
                                                                "FAX番号",
                                                                "法人番号",
                                                                "団体名",
                                                                "認可等年月日",
                                                                "収容定員",
                                                                "受入年齢",
                                                                "利用可能曜日",
                                                                "開始時間",
                                                                "終了時間",
                                                                "利用可能日時特記事項",
                                                                "一時預かりの有無",
                                                                "URL",
                                                                "備考"});

constexpr auto k_new_columns = std::to_array<std::string_view>({"全国地方公共団体コード",
                                                                "ID",
                                                                "地方公共団体名",
                                                                "名称",
                                                                "名称_カナ",
                                                                "名称_英字",
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
                                                                "アクセス方法",
                                                                "駐車場情報",
                                                                "電話番号",
                                                                "内線番号",
                                                                "FAX番号",
                                                                "連絡先メールアドレス",
                                                                "連絡先FormURL",
                                                                "連絡先備考（その他、SNSなど）",
                                                                "郵便番号",
                                                                "法人番号",
                                                                "団体名",
                                                                "認可等年月日",
                                                                "収容定員",
                                                                "受入年齢",
                                                                "利用可能曜日",
                                                                "開始時間",
                                                                "終了時間",
                                                                "利用可能日時特記事項",
                                                                "一時預かりの有無",
                                                                "子ども預かり料金種別",
                                                                "子ども預かり料金",
                                                                "子ども預かり料金備考",
                                                                "子ども預かり開所時間",
                                                                "子ども預かり閉所時間",
                                                                "病児保育の有無",
                                                                "授乳室",
                                                                "おむつ替えコーナー",
                                                                "飲食可否",
                                                                "ベビーカー貸出",
                                                                "ベビーカー利用",
                                                                "URL",
                                                                "画像",
                                                                "画像_ライセンス",
                                                                "備考"});

constexpr std::array<std::string_view, 5> k_old_required{"名称", "種別", "住所", "受入年齢", "一時預かりの有無"};
constexpr std::array<std::string_view, 5> k_new_required{"名称", "種別", "所在地_連結表記", "受入年齢",
                                                         "一時預かりの有無"};

constexpr StandardEdition k_old{
    .profile = "childcare-28", .columns = k_old_columns, .required = k_old_required, .names = k_old_standard};
constexpr StandardEdition k_new{
    .profile = "childcare-53", .columns = k_new_columns, .required = k_new_required, .names = k_new_standard};

/// "10台", "有（無料）": there is room for a car. "無", "近隣の有料駐車場を利用" say that there is none of its own.
bool has_parking(std::string_view cell) {
    const std::string text = plain(clean_text(cell).text);
    constexpr std::array<std::string_view, 6> k_none{"無し",         "なし", "ありません",
                                                     "ございません", "近隣", "駐輪場のみ"};
    return !text.empty() && text != "無" && text != "-" && text != "0" && !text.starts_with("無(") &&
           std::ranges::none_of(k_none, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

class ChildcareLayout final : public StandardLayout {
  public:
    using StandardLayout::StandardLayout;

  private:
    /// Every row is of a facility for children: a kind the taxonomy lacks is a fault of the row.
    [[nodiscard]] Programmes programmes_of(RowCells& cells, const LayoutContext& context) const override {
        auto programmes = read_programmes(cells.raw("種別"), context.municipality, context.taxonomy);
        return programmes ? Programmes{.found = std::move(*programmes)} : Programmes{.problem = programmes.error()};
    }

    /// The programmes of 種別, and what the place does besides as services of their own.
    [[nodiscard]] std::vector<ServiceReading> read_services(RowCells& cells,
                                                            std::span<const directory::ProgrammeIndex> programmes,
                                                            const directory::Taxonomy& taxonomy) const override {
        const ServiceReading main = read_main(cells);
        std::vector<ServiceReading> services;
        for (const directory::ProgrammeIndex programme : programmes) {
            services.push_back(main);
            services.back().programme = taxonomy.at(programme).code;
        }
        const auto has = [&services](std::string_view code) {
            return std::ranges::find(services, code, &ServiceReading::programme) != services.end();
        };
        if (read_presence(cells, "一時預かりの有無").value_or(false) && !has("ichiji_azukari")) {
            services.push_back(read_temporary_care(cells, main));
        }
        if (read_presence(cells, "病児保育の有無").value_or(false) && !has("byoji_hoiku")) {
            services.push_back(beside(main, "byoji_hoiku"));
        }
        return services;
    }

    static ServiceReading read_main(RowCells& cells) {
        ServiceReading service = read_standard_service(cells, {});
        service.capacity = cells.take(parse_count(cells.raw("収容定員")), "収容定員");
        if (const auto ages = cells.take(parse_ages(cells.raw("受入年齢")), "受入年齢")) {
            service.from_age_months = ages->from_months;
            service.to_age_months = ages->to_months;
        }
        service.for_whom_text = cells.free_text("受入年齢");
        service.valid_from = cells.take(parse_date(cells.raw("認可等年月日")), "認可等年月日");
        read_standard_schedule(cells, service);
        if (has_parking(cells.raw("駐車場情報"))) {
            service.features.push_back(Feature::parking);
        }
        if (read_presence(cells, "ベビーカー利用").value_or(false)) {
            service.features.push_back(Feature::stroller);
        }
        service.note = cells.free_text("備考");
        for (const std::string_view closed : {"休園中", "休止中", "休所中", "現在休園", "現在休止"}) {
            if (service.note.starts_with(closed)) {
                service.status = directory::Status::suspended;
            }
        }
        for (const std::string_view room : {"授乳室", "おむつ替えコーナー", "ベビーカー貸出"}) {
            if (read_presence(cells, room).value_or(false)) {
                service.note += (service.note.empty() ? "" : "　") + std::string(room) + "あり";
            }
        }
        return service;
    }

    /// At the same place and by the same people; its hours, ages and fee are said of it alone, or not at all.
    static ServiceReading beside(const ServiceReading& main, std::string programme) {
        ServiceReading service;
        service.programme = std::move(programme);
        service.certainty = main.certainty;
        service.status = main.status;
        service.phone = main.phone;
        service.url = main.url;
        return service;
    }

    static ServiceReading read_temporary_care(RowCells& cells, const ServiceReading& main) {
        ServiceReading service = beside(main, "ichiji_azukari");
        const std::string kind = cells.free_text("子ども預かり料金種別");
        const std::string amount = cells.free_text("子ども預かり料金");
        service.fee = parse_fee(amount);
        if (service.fee == directory::Fee::unknown) {
            service.fee = parse_fee(kind);
        }
        for (const std::string& words : {kind, amount, cells.free_text("子ども預かり料金備考")}) {
            if (!words.empty()) {
                service.fee_text += (service.fee_text.empty() ? "" : "　") + words;
            }
        }
        ScheduleReading read =
            read_schedules({.from = cells.raw("子ども預かり開所時間"), .to = cells.raw("子ども預かり閉所時間")});
        service.schedules = std::move(read.schedules);
        for (const auto& [cell, problem] : read.problems) {
            cells.note(problem, cell == ScheduleCell::from ? "子ども預かり開所時間" : "子ども預かり閉所時間");
        }
        return service;
    }
};

} // namespace

std::unique_ptr<ResourceLayout> make_old_childcare_layout() { return std::make_unique<ChildcareLayout>(k_old); }

std::unique_ptr<ResourceLayout> make_new_childcare_layout() { return std::make_unique<ChildcareLayout>(k_new); }

} // namespace shirube::importers
