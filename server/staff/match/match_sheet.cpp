#include "server/staff/match/match_sheet.hpp"

#include "directory/use_terms.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"
#include "server/staff/match/counselling_windows.hpp"
#include "server/staff/match/match_words.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

using directory::Reader;
using directory::Schedule;
using directory::ServiceRow;
using directory::ShortlistEntry;
using directory::UseTerms;

bool is_ticked(const Query& fields, const std::string& id) {
    return std::ranges::find(fields, std::pair(std::string{"take"}, id)) != fields.end();
}

/// The schedule on the days of the week on which these residents may come; nothing where it has none of them.
std::optional<Schedule> on_days(Schedule schedule, directory::WeekdayMask days) {
    const auto stated = schedule.rule.weekdays;
    schedule.rule.weekdays &= days;
    return stated != 0 && schedule.rule.weekdays == 0 ? std::nullopt : std::optional(std::move(schedule));
}

class Sheet {
  public:
    /// \param told the edition that the paper tells of
    Sheet(const Matched& matched, MatchSheet which, const Loaded& told)
        : matched_(matched), is_for_family_(which == MatchSheet::family), told_(told), reader_(told.reader) {}

    void fill(View item, std::uint32_t index) const {
        const ServiceRow& service = reader_.services()[index];
        const auto& asks = matched_.context;
        fill_badges(item, {told_, asks.now, asks.language, asks.staff, asks.reports}, index, "BADGE");
        const Texts& texts = item.texts();
        item.set("NAME", service_name(reader_, service, texts.language()));
        const auto& programme = reader_.taxonomy().at(service.programme);
        item.words("PROGRAMME", (is_for_family_ ? programme.public_label : programme.label).in(texts.language()));
        if (is_for_family_ && programme.about) {
            item.words_if_any("ABOUT", programme.about->in(texts.language()));
        }
        const UseTerms* terms = terms_of(service);
        fill_schedules(item, service);
        item.words_if_any("WHOM", for_whom_in_words(service, texts));
        item.set_if_any("WHOM_TEXT", whom_in_own_words(service, texts));
        item.show_if(for_whom_in_words(service, texts).empty() && service.for_whom_text.empty(), "WHOM_NOT_SAID");
        fill_fee(item, service);
        item.words("ENTRY", entry_in_words(service.entry, texts));
        if (terms != nullptr) {
            const auto facts = facts_of(reader_, matched_.context.now.day);
            item.words_if_any("TERMS", terms_of_in_words(*terms, *facts, texts));
        }
        item.set_if_any("PHONE", service.phone);
        item.show_if(service.phone.empty(), "NO_PHONE");
        if (service.site != directory::k_no_index) {
            const auto& site = reader_.sites()[service.site];
            item.set_if_any("ADDRESS", site.address);
            item.show_if(site.quality == directory::PositionQuality::withheld, "PLACE_WITHHELD");
        }
    }

    /// \param service of the edition that was searched
    void fill_reasons(View item, const ServiceRow& service, const ShortlistEntry& entry) const {
        for (const auto& reason : entry.fits.front().reasons) {
            if (!is_of_the_service_alone(reason.code)) {
                continue;
            }
            View line = item.section("REASON");
            line.set("VERDICT", code_of(reason.verdict()));
            line.icon("ICON", icon_of(reason.verdict()));
            line.words("WORDS", reason_in_words(reason, matched_.rules, service, item.texts()));
        }
    }

    /// Whom to ask at home. Nobody is made up: where the directory knows none there is a line to write on.
    void fill_windows(View sheet) const {
        const auto& asks = matched_.context;
        const std::string& residence = matched_.answer.residence;
        // Where nobody knows where they live it is where the caseworker is who gives them the paper.
        const std::string municipality = !residence.empty() || asks.staff == nullptr ? residence : asks.staff->owner;
        const auto windows = counselling_windows(reader_, municipality, matched_.family, asks.now.day);
        View box = sheet.section("WINDOWS");
        box.show(windows.empty() ? "NO_WINDOW" : "SOME_WINDOW");
        for (const auto index : windows) {
            const ServiceRow& service = reader_.services()[index];
            View window = box.section("WINDOW");
            const std::string name = service_name(reader_, service, window.texts().language());
            const auto& programme = reader_.taxonomy().at(service.programme).public_label.in(window.texts().language());
            window.set("NAME", name);
            window.words_if_any("PROGRAMME", name == programme ? std::string_view{} : std::string_view{programme});
            window.set_if_any("PHONE", service.phone);
            window.show_if(service.phone.empty(), "NO_PHONE");
            window.show_if(service.certainty != directory::Certainty::confirmed, "UNCONFIRMED");
            fill_schedules(window, service);
        }
    }

  private:
    /// Those on which residents of where the family lives may use it.
    [[nodiscard]] const UseTerms* terms_of(const ServiceRow& service) const {
        const auto& residence = matched_.answer.residence;
        const auto found = residence.empty() ? std::nullopt : directory::terms_for(service.use_terms, residence);
        return found ? &service.use_terms[*found] : nullptr;
    }

    void fill_schedules(View item, const ServiceRow& service) const {
        const auto days = directory::days_for(service.use_terms, matched_.answer.residence);
        bool is_told = false;
        for (const auto& schedule : service.schedules) {
            if (const auto theirs = on_days(schedule, days)) {
                View line = item.section("SCHEDULE");
                line.words("WORDS", directory::in_words(*theirs, item.texts().language()));
                line.set_if_any("VENUE", schedule.venue);
                is_told = true;
            }
        }
        item.show_if(!is_told, "WHEN_UNKNOWN");
    }

    void fill_fee(View item, const ServiceRow& service) const {
        const auto [fee, text] = directory::price_for(service, matched_.answer.residence);
        const auto beyond = beyond_code<directory::Fee>(text);
        if (fee != directory::Fee::unknown || beyond.empty()) {
            const auto label = item.texts().get("fee." + std::string(directory::code_of(fee)));
            item.words_if_any("FEE", unless_said(label, beyond));
        }
        item.set_if_any("FEE_TEXT", beyond);
    }

    const Matched& matched_;
    bool is_for_family_;
    const Loaded& told_;
    const Reader& reader_;
};

} // namespace

void fill_match_sheet(View sheet, const Matched& matched, MatchSheet which, const Loaded& published,
                      const Query& fields) {
    const auto& searched = matched.context.reader();
    const Texts& texts = sheet.texts();
    const bool is_for_family = which == MatchSheet::family;
    sheet.show(is_for_family ? "FOR_FAMILY" : "FOR_FILE");
    sheet.words("DATE", date_in_words(matched.context.now.day, texts));
    sheet.set("RULES", matched.rules.name.in(texts.language()));
    sheet.set("VERSION", matched.rules.version);
    sheet.set("EDITION", searched.edition());
    const Loaded& told_of = is_for_family ? published : matched.context.loaded;
    const Reader& reader = told_of.reader;
    const Sheet paper(matched, which, told_of);
    if (is_for_family) {
        paper.fill_windows(sheet);
    }
    std::size_t hidden = 0;
    std::size_t items = 0;
    for (const ShortlistEntry& entry : matched.answer.shortlist) {
        const auto& service = searched.services()[entry.service];
        if (!is_ticked(fields, service.id)) {
            continue;
        }
        // Whatever is newer of the two hides it.
        const bool may_be_told = !is_for_family || service.visibility == directory::Visibility::everyone;
        const auto told = may_be_told ? reader.find_service(service.id) : std::nullopt;
        if (!told) {
            ++hidden;
            continue;
        }
        ++items;
        View item = sheet.section("ITEM");
        paper.fill(item, *told);
        if (!is_for_family && !entry.fits.empty()) {
            paper.fill_reasons(item, service, entry);
        }
    }
    sheet.show_if(items == 0 && hidden == 0, "NOTHING");
    if (hidden > 0) {
        sheet.section("HIDDEN").set("N", hidden);
    }
}

} // namespace shirube::server
