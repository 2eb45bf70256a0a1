#include "importers/layouts/template.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/layouts/template_programme.hpp"
#include "importers/locating/place.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::Contract;
using directory::Entry;
using directory::Feature;
using directory::ForWhom;
using directory::ResourceReading;
using directory::ServiceReading;
using directory::Status;
using directory::Transport;

// The last two are no part of the template's header; a list of several municipalities may add them.
constexpr std::array<std::string_view, 39> k_columns{"ID",
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
                                                     "開始年月日",
                                                     "終了年月日",
                                                     "最終確認日",
                                                     "備考",
                                                     "市区町村コード",
                                                     "市区町村名"};

constexpr std::array<std::string_view, 2> k_required{"事業", "名称"};

constexpr PlaceColumns k_place{.municipality_code = "市区町村コード",
                               .municipality_name = "市区町村名",
                               .address = "住所",
                               .building = "方書",
                               .latitude = "緯度",
                               .longitude = "経度"};

/// A value of a closed list; nothing where the cell is empty or names none, which is noted: it is never guessed.
template <class T>
std::optional<T> take_code(RowCells& cells, std::string_view column) {
    const std::string written = cells.text(column);
    if (written.empty()) {
        return std::nullopt;
    }
    // Labels as the lists write them, in whichever width of brackets.
    for (const std::string& form :
         {written, plain(written), replaced(replaced(plain(written), "(", "（"), ")", "）")}) {
        if (const auto value = directory::parse_code<T>(form)) {
            return value;
        }
    }
    cells.note({"code_unknown", shortened(written, 30), in_words(labels_of<T>())}, column);
    return std::nullopt;
}

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
        reading.site = read_place(cells, k_place, context);
        reading.site.official_name = name;
        reading.site.public_name = cells.text("公開名称");
        reading.site.kana = cells.text("名称_カナ");
        reading.organization = read_organization(cells);
        reading.services.push_back(read_service(cells, context.taxonomy.at(*programme).code));
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

    static ServiceReading read_service(RowCells& cells, std::string programme) {
        ServiceReading service;
        service.programme = std::move(programme);
        read_target(cells, service);
        service.entry = take_code<Entry>(cells, "利用方法").value_or(Entry::unknown);
        service.entry_text = cells.free_text("利用方法");
        service.fee = parse_fee(cells.raw("料金"));
        service.fee_text = cells.free_text("料金");
        service.transport = take_code<Transport>(cells, "送迎").value_or(Transport::unknown);
        service.capacity = cells.take(parse_count(cells.raw("定員")), "定員");
        service.contract = take_code<Contract>(cells, "契約").value_or(Contract::unknown);
        service.status = take_code<Status>(cells, "状態").value_or(Status::active);
        service.certainty = take_code<directory::Certainty>(cells, "確度").value_or(directory::Certainty::confirmed);
        read_lists(cells, service);
        service.phone = cells.take(parse_published_phone(cells.raw("電話番号")), "電話番号").value_or("");
        service.url = cells.take(parse_url(cells.raw("URL")), "URL").value_or("");
        service.note = cells.free_text("備考");
        read_dates(cells, service);
        read_schedule(cells, service);
        return service;
    }

    static void read_target(RowCells& cells, ServiceReading& service) {
        service.for_whom_text = cells.free_text("対象");
        for (const std::string& word : parts_of(service.for_whom_text)) {
            if (const auto whom = directory::parse_code<ForWhom>(word)) {
                service.for_whom.push_back(*whom);
            }
        }
        const auto from = cells.take(parse_ages(cells.raw("対象年齢_開始")), "対象年齢_開始");
        const auto to = cells.take(parse_ages(cells.raw("対象年齢_終了")), "対象年齢_終了");
        if (const auto span = age_span_of(from, to)) {
            service.from_age_months = span->from_months;
            service.to_age_months = span->to_months;
        } else {
            cells.note(span.error(), "対象年齢_終了");
        }
        service.stage = cells.text("学校段階");
        // 小学生 as an age is the widest that a school year holds: the word stands beside it, so that nobody takes
        // the years for exact.
        const bool by_stage = (from && from->by_stage) || (to && to->by_stage);
        if (by_stage && service.stage.empty()) {
            service.stage = cells.text("対象年齢_開始");
            const std::string end = cells.text("対象年齢_終了");
            service.stage += end.empty() || end == service.stage ? "" : "～" + end;
        }
    }

    static void read_lists(RowCells& cells, ServiceReading& service) {
        for (const std::string& word : parts_of(cells.text("特徴"))) {
            if (const auto feature = directory::parse_code<Feature>(word)) {
                service.features.push_back(*feature);
            } else {
                cells.note({"code_unknown", shortened(word, 30), in_words(labels_of<Feature>())}, "特徴");
            }
        }
        service.serves = parts_of(cells.text("対象区域"));
        for (const std::string& word : parts_of(cells.text("利用可能住民"))) {
            const auto municipality = cells.take(read_municipality(word), "利用可能住民");
            if (municipality) {
                service.usable_by.push_back(municipality->code);
            }
        }
    }

    /// A date as precisely as it is written. A rough one (頃) is told and not used: nothing may begin or end by it.
    static std::optional<DateSpan> date_of(RowCells& cells, std::string_view column) {
        const auto read = cells.take(parse_date_span(cells.raw(column)), column);
        if (read && read->is_rough) {
            cells.note({"date_rough"}, column);
            return std::nullopt;
        }
        return read;
    }

    /// A month begins with its first day and ends with its last; what was confirmed in it may be as old as its first.
    static void read_dates(RowCells& cells, ServiceReading& service) {
        if (const auto from = date_of(cells, "開始年月日")) {
            service.valid_from = from->first;
        }
        if (const auto to = date_of(cells, "終了年月日")) {
            service.valid_to = to->last;
        }
        if (service.valid_from && service.valid_to && *service.valid_to < *service.valid_from) {
            cells.note({"date_order"}, "終了年月日");
            service.valid_from.reset();
            service.valid_to.reset();
        }
        if (const auto confirmed = date_of(cells, "最終確認日")) {
            service.last_confirmed_on = confirmed->first;
        }
    }

    static void read_schedule(RowCells& cells, ServiceReading& service) {
        const ScheduleCells schedule{.frequency = {},
                                     .weekdays = cells.raw("開催曜日"),
                                     .days = cells.raw("開催日"),
                                     .from = cells.raw("開催開始時間"),
                                     .to = cells.raw("開催終了時間"),
                                     .remark = cells.raw("開催日時特記事項"),
                                     .holidays = read_holidays(cells),
                                     .bare_weekdays = BareWeekdays::every_week};
        ScheduleReading read = read_schedules(schedule);
        service.schedules = std::move(read.schedules);
        note_schedule_problems(cells, read.problems);
    }

    static directory::HolidayRule read_holidays(RowCells& cells) {
        const std::string text = cells.text("祝日");
        if (text.empty() || text == "不明") {
            return directory::HolidayRule::unknown;
        }
        if (text == "休み" || text == "休" || text == "閉館" || text == "closed") {
            return directory::HolidayRule::closed;
        }
        if (text == "開く" || text == "開館" || text == "開所" || text == "open") {
            return directory::HolidayRule::open;
        }
        cells.note({"code_unknown", shortened(text, 30), in_words(holiday_labels())}, "祝日");
        return directory::HolidayRule::unknown;
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
