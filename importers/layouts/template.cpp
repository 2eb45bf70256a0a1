#include "importers/layouts/template.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/layouts/template_programme.hpp"
#include "importers/place.hpp"
#include "importers/row_cells.hpp"

#include <array>
#include <initializer_list>
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

/// The values of a code list that a row may choose, for the sentence about one it may not.
template <class T>
constexpr std::initializer_list<T> k_choices{};
template <>
constexpr std::initializer_list<Entry> k_choices<Entry>{Entry::drop_in, Entry::register_first, Entry::apply,
                                                        Entry::referral, Entry::municipal_decision};
template <>
constexpr std::initializer_list<Transport> k_choices<Transport>{Transport::none,        Transport::guardian,
                                                                Transport::provider,    Transport::municipality,
                                                                Transport::coordinator, Transport::unknown};
template <>
constexpr std::initializer_list<Contract> k_choices<Contract>{
    Contract::direct,     Contract::direct_instructor,  Contract::entrusted,  Contract::partly_entrusted,
    Contract::registered, Contract::designated_manager, Contract::individual, Contract::mutual,
    Contract::subsidised, Contract::independent};
template <>
constexpr std::initializer_list<Status> k_choices<Status>{Status::active, Status::planned, Status::pilot,
                                                          Status::suspended, Status::closed};
template <>
constexpr std::initializer_list<directory::Certainty> k_choices<directory::Certainty>{
    directory::Certainty::confirmed, directory::Certainty::reported, directory::Certainty::stale};
template <>
constexpr std::initializer_list<Feature> k_choices<Feature>{
    Feature::parking, Feature::stroller, Feature::private_room, Feature::step_free, Feature::online, Feature::visiting};

template <class T>
std::string choices_in_words() {
    std::string words;
    for (const T value : k_choices<T>) {
        words += (words.empty() ? "" : "・") + std::string(label_of(value));
    }
    return words;
}

/// The parts of a cell that lists several things, without blanks around them.
std::vector<std::string> parts_of(std::string_view cell) {
    std::vector<std::string> parts;
    std::string part;
    for (const char32_t c : plain_points(cell) + U";") {
        if (c != U';' && c != U'、' && c != U'\n') {
            part += utf8(std::u32string_view(&c, 1));
            continue;
        }
        if (std::string clean = clean_text(part).text; !clean.empty()) {
            parts.push_back(std::move(clean));
        }
        part.clear();
    }
    return parts;
}

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
    cells.note({"code_unknown", shortened(written, 30), choices_in_words<T>()}, column);
    return std::nullopt;
}

class TemplateLayout final : public ResourceLayout {
  public:
    [[nodiscard]] std::string_view profile() const override { return "shirube-template"; }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        return fit_of(header, k_columns, k_required);
    }

    [[nodiscard]] bool is_contact(std::string_view column) const override {
        const std::string name = plain(column);
        return name.find("電話") != std::string::npos || name.find("メール") != std::string::npos ||
               name.find("FAX") != std::string::npos || name.find("連絡先") != std::string::npos;
    }

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
        } else if (names_private_home(cells.text("運営主体種別"))) {
            cells.note({"private_home"}, "運営主体種別");
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

    static directory::OrganizationReading read_organization(RowCells& cells) {
        directory::OrganizationReading organization{
            .name = cells.text("運営主体"), .kind = cells.text("運営主体種別"), .corporate_number = {}};
        if (plain(organization.kind).starts_with("個人")) {
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
                cells.note({"code_unknown", shortened(word, 30), choices_in_words<Feature>()}, "特徴");
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
        cells.note({"code_unknown", shortened(text, 30), "休み・開く"}, "祝日");
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
