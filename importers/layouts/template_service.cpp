#include "importers/layouts/template_service.hpp"

#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/use_terms.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/locating/locator.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

namespace {

using directory::ServiceReading;

/// A value of a closed list; nothing where the cell is empty or names none, which is noted: it is never guessed.
template <class T>
std::optional<T> take_code(RowCells& cells, std::string_view column) {
    const std::string written = cells.text(column);
    if (written.empty()) {
        return std::nullopt;
    }
    // Labels as the lists write them, in whichever width of brackets, and words that mean one of them and nothing else.
    static const std::map<std::string, std::string, std::less<>> k_words{
        {"確認済み", "確認済"}, {"確認ずみ", "確認済"}, {"予約不要", "立ち寄り"},   {"申込不要", "立ち寄り"},
        {"要申込", "申込"},     {"要予約", "申込"},     {"指定管理者", "指定管理"}, {"業務委託", "委託"},
        {"休止中", "休止"},     {"廃止済", "廃止"},     {"閉鎖", "廃止"},           {"開設予定", "予定"},
        {"無", "なし"},         {"無し", "なし"}};
    const auto meant = k_words.find(plain(written));
    for (const std::string& form : {meant == k_words.end() ? written : meant->second, written, plain(written),
                                    replaced(replaced(plain(written), "(", "（"), ")", "）")}) {
        if (const auto value = directory::parse_code<T>(form)) {
            return value;
        }
    }
    cells.note({"code_unknown", shortened(written, 30), in_words(labels_of<T>())}, column);
    return std::nullopt;
}

/// Where no age is stated, a stage is searched by the widest ages that it can have. Whatever else stands there is shown
/// as it is written, and is no fault.
void read_stage_alone(ServiceReading& service) {
    const auto stage = parse_ages(service.stage);
    if (stage && *stage && (*stage)->by_stage) {
        service.from_age_months = (*stage)->from_months;
        service.to_age_months = (*stage)->to_months;
    }
}

void read_target(RowCells& cells, ServiceReading& service) {
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
    if (!from && !to) {
        read_stage_alone(service);
    }
    // 小学生 as an age is the widest that a school year holds: the word stands beside it, so that nobody takes
    // the years for exact.
    const bool by_stage = (from && from->by_stage) || (to && to->by_stage);
    if (by_stage && service.stage.empty()) {
        service.stage = cells.text("対象年齢_開始");
        const std::string end = cells.text("対象年齢_終了");
        service.stage += end.empty() || end == service.stage ? "" : "～" + end;
    }
}

void read_lists(RowCells& cells, ServiceReading& service) {
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

/// The terms of other municipalities' residents; whoever they name may use it.
void read_use_terms(RowCells& cells, ServiceReading& service, const Locator& locator) {
    constexpr std::string_view k_column = "広域利用の条件";
    const bool says_whose = !service.usable_by.empty();
    UseTermsCell read = parse_use_terms(cells.raw(k_column), [&](std::string_view name) -> std::optional<std::string> {
        const auto found = locator.locate_municipality(name, {});
        return found && !found->municipality.empty() ? std::optional(found->municipality) : std::nullopt;
    });
    for (const CellProblem& problem : read.problems) {
        cells.note(problem, k_column);
    }
    service.use_terms = std::move(read.terms);
    for (const auto& terms : service.use_terms) {
        if (!terms.municipality.empty() &&
            std::ranges::find(service.usable_by, terms.municipality) == service.usable_by.end()) {
            service.usable_by.push_back(terms.municipality);
        }
    }
    if (!says_whose && !service.usable_by.empty()) {
        cells.note({"use_terms_alone"}, k_column); // or its own residents would be shut out, unseen
    }
}

/// A date as precisely as it is written. A rough one (頃) is told and not used: nothing may begin or end by it.
std::optional<DateSpan> date_of(RowCells& cells, std::string_view column) {
    const auto read = cells.take(parse_date_span(cells.raw(column)), column);
    if (read && read->is_rough) {
        cells.note({"date_rough"}, column);
        return std::nullopt;
    }
    return read;
}

/// A month begins with its first day and ends with its last; what was confirmed in it may be as old as its first.
void read_dates(RowCells& cells, ServiceReading& service) {
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

directory::HolidayRule read_holidays(RowCells& cells) {
    const std::string text = cells.text("祝日");
    if (text.empty() || text == "不明") {
        return directory::HolidayRule::unknown;
    }
    if (text == "休み" || text == "休" || text == "閉館" || text == "休館" || text == "休業" || text == "closed") {
        return directory::HolidayRule::closed;
    }
    if (text == "開く" || text == "開館" || text == "開所" || text == "open") {
        return directory::HolidayRule::open;
    }
    cells.note({"code_unknown", shortened(text, 30), in_words(holiday_labels())}, "祝日");
    return directory::HolidayRule::unknown;
}

void read_schedule(RowCells& cells, ServiceReading& service) {
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

} // namespace

ServiceReading read_template_service(RowCells& cells, const Locator& locator) {
    ServiceReading service;
    read_target(cells, service);
    service.entry = take_code<Entry>(cells, "利用方法").value_or(Entry::unknown);
    service.entry_text = cells.free_text("利用方法");
    service.fee = parse_fee(cells.raw("料金"));
    service.fee_text = cells.free_text("料金");
    service.transport = take_code<Transport>(cells, "送迎").value_or(Transport::unknown);
    service.capacity = cells.take(parse_count(cells.raw("定員")), "定員");
    service.contract = take_code<Contract>(cells, "契約").value_or(Contract::unknown);
    service.department = cells.free_text("所管課");
    const auto is_unread = [&](std::string_view column, bool is_read) {
        return !is_read && !cells.text(column).empty();
    };
    const auto status = take_code<Status>(cells, "状態");
    const auto certainty = take_code<directory::Certainty>(cells, "確度");
    service.status = status.value_or(Status::active);
    service.certainty = certainty.value_or(directory::Certainty::confirmed);
    // What nobody can read may say that it is closed, or not sure: then it is there, and unconfirmed.
    if (is_unread("状態", status.has_value()) || is_unread("確度", certainty.has_value())) {
        service.certainty = std::max(service.certainty, directory::Certainty::reported);
    }
    read_lists(cells, service);
    read_use_terms(cells, service, locator);
    service.phone = cells.take(parse_published_phone(cells.raw("電話番号")), "電話番号").value_or("");
    service.url = cells.take(parse_url(cells.raw("URL")), "URL").value_or("");
    service.note = cells.free_text("備考");
    read_dates(cells, service);
    read_schedule(cells, service);
    return service;
}

} // namespace shirube::importers
