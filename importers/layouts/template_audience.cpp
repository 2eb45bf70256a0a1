#include "importers/layouts/template_audience.hpp"

#include "directory/publication.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/layouts/template_choices.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace shirube::importers {

namespace {

using directory::CorrectedField;
using directory::Visibility;

constexpr std::size_t k_longest_text = 500;

std::optional<directory::Day> read_day(RowCells& cells, std::string_view column) {
    const auto span = cells.take(parse_date_span(cells.raw(column)), column);
    if (span && (span->is_rough || span->first != span->last)) {
        cells.note({"date_rough"}, column); // who agreed in some month has not said since when
        return std::nullopt;
    }
    return span ? std::optional(span->first) : std::nullopt;
}

std::optional<directory::Consent> read_consent(RowCells& cells) {
    const auto on = read_day(cells, "公開同意日");
    const std::string by = cells.free_text("公開同意者");
    if (on && *on > directory::now_in_tokyo().day) {
        cells.note({"consent_future"}, "公開同意日");
        return std::nullopt;
    }
    if (on.has_value() == by.empty()) {
        cells.note({"consent_half"}, on ? "公開同意者" : "公開同意日");
    }
    return on && !by.empty() ? std::optional(directory::Consent{*on, shortened(by, k_longest_text)}) : std::nullopt;
}

void read_withheld(RowCells& cells, directory::StaffReading& staff) {
    const auto allowed = directory::fields_that_may_be_withheld();
    for (const std::string& word : parts_of(cells.text("公開しない項目"))) {
        const auto field = directory::parse_code<CorrectedField>(word);
        if (field && std::ranges::find(allowed, *field) != allowed.end()) {
            staff.withheld.push_back(*field);
        } else {
            cells.note({"withheld_field_unknown", shortened(word, 30), in_words(withheld_labels())}, "公開しない項目");
            // Which field was meant nobody knows: all of them stay inside until it is mended.
            staff.withheld.assign(allowed.begin(), allowed.end());
            break;
        }
    }
    std::ranges::sort(staff.withheld);
    staff.withheld.erase(std::ranges::unique(staff.withheld).begin(), staff.withheld.end());
}

void read_place(RowCells& cells, directory::SiteReading& site, const directory::ServiceReading& service) {
    const std::string written = cells.text("場所の公開");
    const std::string word = plain(written);
    if (word.empty() || word == "公開" || word == "位置まで") {
        return;
    }
    site.place_is_for_staff = true;
    if (word != "区域だけ" && word != "非公開" && word != "職員") {
        cells.note({"code_unknown", shortened(written, 30), in_words(place_labels())}, "場所の公開");
    }
    if (service.serves.empty()) {
        cells.note({"place_without_district"}, "対象区域");
    }
}

std::optional<Visibility> read_visibility(RowCells& cells) {
    const std::string written = cells.text("公開範囲");
    if (written.empty()) {
        return std::nullopt;
    }
    const auto read = directory::parse_code<Visibility>(plain(written));
    if (!read) {
        cells.note({"visibility_unknown", shortened(written, 30), in_words(visibility_labels())}, "公開範囲");
    }
    return read.value_or(Visibility::coordinator);
}

} // namespace

void read_audience(RowCells& cells, const directory::Programme& programme, directory::SiteReading& site,
                   directory::ServiceReading& service) {
    service.consent = read_consent(cells);
    const auto said = read_visibility(cells);
    const bool asks_for_consent = cells.has("公開同意日");
    const bool needs_consent = asks_for_consent || programme.visibility != Visibility::everyone;
    if (said && *said != Visibility::everyone) {
        service.visibility = said;
    } else if (needs_consent && !service.consent) {
        if (said) {
            cells.note({"consent_missing"}, "公開範囲");
        }
        if (asks_for_consent) {
            service.visibility = std::max(Visibility::staff, programme.visibility);
            service.awaits_consent = true;
        }
    } else if (said) {
        service.visibility = Visibility::everyone;
    }

    directory::StaffReading& staff = service.staff;
    staff.referral_route = shortened(cells.text("紹介の道筋"), k_longest_text);
    staff.vacancy = cells.take(parse_vacancy(cells.raw("空き")), "空き");
    staff.vacancy_on = read_day(cells, "空きの時点");
    staff.contact = shortened(cells.text("担当"), k_longest_text);
    if (staff.vacancy && !staff.vacancy_on) {
        cells.note({"vacancy_undated"}, "空きの時点");
    }
    for (const std::string_view column : {"紹介の道筋", "担当"}) {
        if (names_private_home(cells.text(column))) {
            cells.note({"private_home"}, column);
            (column == "担当" ? staff.contact : staff.referral_route).clear();
        }
    }
    read_withheld(cells, staff);
    read_place(cells, site, service);
}

} // namespace shirube::importers
