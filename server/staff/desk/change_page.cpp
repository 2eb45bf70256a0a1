#include "server/staff/desk/change_page.hpp"

#include "directory/desk/queues.hpp"
#include "directory/reports.hpp"
#include "importers/corrections.hpp"
#include "importers/layouts/template_choices.hpp"
#include "server/pages/page.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/who_decides.hpp"
#include "server/staff/refusal.hpp"

#include <algorithm>
#include <array>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace shirube::server {

namespace {

using directory::ServiceRow;
using Corrected = directory::CorrectedField;

constexpr std::size_t k_longest_field = 400; ///< characters

/// A field of the form, the column of a correction that it goes to, and the text that names it.
struct Field {
    std::string_view name;
    std::string_view column;
    std::string_view label;
    directory::CorrectedField what;
};

/// Those that show what is told now, and are corrected where somebody writes something else.
constexpr std::array k_fields{Field{"name", "名称", "desk.field_name", Corrected::name},
                              Field{"address", "住所", "fact.address", Corrected::address},
                              Field{"phone", "電話番号", "report.kind_phone", Corrected::phone},
                              Field{"url", "URL", "desk.field_url", Corrected::url},
                              Field{"whom", "対象", "fact.whom", Corrected::for_whom},
                              Field{"fee", "料金", "fact.fee", Corrected::fee},
                              Field{"capacity", "定員", "fact.capacity", Corrected::capacity},
                              Field{"note", "備考", "fact.note", Corrected::note}};

/// A schedule takes the place of the one before as a whole: these are empty until somebody writes a new one.
constexpr std::array k_times{Field{"weekdays", "開催曜日", "desk.field_weekdays", Corrected::schedules},
                             Field{"days", "開催日", "desk.field_days", Corrected::schedules},
                             Field{"starts", "開催開始時間", "desk.field_starts", Corrected::schedules},
                             Field{"ends", "開催終了時間", "desk.field_ends", Corrected::schedules},
                             Field{"rules", "開催日時特記事項", "desk.field_rules", Corrected::schedules}};

std::string told_now(const directory::Reader& reader, const ServiceRow& row, std::string_view field) {
    const auto* site = row.site == directory::k_no_index ? nullptr : &reader.sites()[row.site];
    if (field == "name") {
        return site == nullptr ? std::string{} : site->official_name.empty() ? site->name : site->official_name;
    }
    if (field == "address") {
        return site == nullptr ? std::string{} : site->address;
    }
    if (field == "fee") {
        return !row.fee_text.empty()                ? row.fee_text
               : row.fee == directory::Fee::unknown ? std::string{}
               : row.fee == directory::Fee::free    ? "無料"
                                                    : "有料";
    }
    if (field == "capacity") {
        return row.capacity ? std::to_string(*row.capacity) : std::string{};
    }
    return field == "phone" ? row.phone : field == "url" ? row.url : field == "whom" ? row.for_whom_text : row.note;
}

/// Where the form is opened from, and where one goes on after it.
struct Origin {
    std::string_view name;
    std::string_view path; ///< empty: the form itself
};

constexpr std::array k_origins{Origin{"service", ""}, Origin{"stale", "/staff/desk/stale"},
                               Origin{"month", "/staff/month"}, Origin{"reports", "/staff/reports"}};

const Origin& origin_of(std::string_view name) {
    const auto* const found = std::ranges::find(k_origins, name, &Origin::name);
    return found == k_origins.end() ? k_origins.front() : *found;
}

std::string form_address(std::string_view service) { return "/staff/desk/services/" + percent_encode(service); }

std::optional<std::uint32_t> own_service(const StaffCall& call, const directory::Reader& reader) {
    const auto service = reader.find_service(call.parts[0]);
    return service && directory::is_own(reader, *service, desk_owner(call)) ? service : std::nullopt;
}

Answer not_here(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "staff.not_here", "desk.heading", "/staff/desk"});
}

/// What the form shows before anybody has typed into it.
Query fields_of(const directory::Reader& reader, const ServiceRow& row) {
    Query fields;
    for (const Field& field : k_fields) {
        fields.emplace_back(field.name, told_now(reader, row, field.name));
    }
    return fields;
}

void fill_fields(View form, const Query& fields, const ServiceRow& row) {
    const Texts& texts = form.texts();
    const auto put_into = [&](View part, std::string_view section, const Field& field) {
        View each = part.section(section);
        each.set("FIELD", field.name);
        each.words("LABEL", texts.get(field.label));
        each.set("VALUE", field_of(fields, field.name));
        each.set("MOST", static_cast<std::int64_t>(k_longest_field));
    };
    bool is_any_kept_back = false;
    for (const Field& field : k_fields) {
        if (directory::keeps_back(row, field.what)) {
            is_any_kept_back = true;
        } else {
            put_into(form, "TEXT_FIELD", field);
        }
    }
    if (directory::keeps_back(row, Corrected::schedules)) {
        is_any_kept_back = true;
    } else {
        View times = form.section("TIMES");
        for (const Field& field : k_times) {
            put_into(times, "TIME_FIELD", field);
        }
        std::string when;
        for (const auto& schedule : row.schedules) {
            when += when.empty() ? "" : " / ";
            when += directory::in_words(schedule, texts.language());
        }
        times.words_if_any("WHEN_NOW", when);
    }
    form.show_if(is_any_kept_back, "KEPT_BACK");
    if (directory::keeps_back(row, Corrected::entry)) {
        return;
    }
    View of_entry = form.section("ENTRY");
    const auto chosen = field_of(fields, "entry");
    for (const auto entry : importers::k_choices<directory::Entry>) {
        View option = of_entry.section("ENTRY_OPTION");
        option.set("VALUE", directory::code_of(entry));
        option.set("WORDS", entry_in_words(entry, texts));
        option.show_if(directory::code_of(entry) == chosen, "CHOSEN");
    }
    of_entry.words("ENTRY_NOW", entry_in_words(row.entry, texts));
}

Answer page_with(const StaffCall& call, std::uint32_t service, const NotKept* not_kept, const Query& typed) {
    const auto& reader = call.context.reader();
    const ServiceRow& row = reader.services()[service];
    Page page(call.request, call.context, "staff-desk-service");
    begin_desk_page(page, "desk.changed");
    View& body = page.body();
    tell_of_desk(body, call, not_kept);
    body.set("NAME", service_name(reader, row, page.texts().language()));
    body.words("PROGRAMME", reader.taxonomy().at(row.programme).label.in(page.texts().language()));
    body.set("HREF", page.links().service(row.id));
    body.set("ACTION", page.links().to(form_address(row.id)));
    body.set("CSRF", call.who.csrf);
    body.set("SEEN", state_of(reader, service));
    body.set("FROM", origin_of(call.request.parameter("from").value_or(field_of(typed, "from"))).name);
    fill_fields(body, typed.empty() ? fields_of(reader, row) : typed, row);
    fill_who_decides(body.include("WHO", "staff-desk-who.html"), typed, "change");
    return page.finish(not_kept == nullptr ? 200 : not_kept->status);
}

/// One line without what nobody sees.
std::string line_of(std::string_view text) {
    std::string line = directory::clean_report_text(text);
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\t', ' ');
    return line;
}

/// The cells of what was changed; an emptied one is made unknown. \returns or the key of what is wrong
std::expected<importers::WrittenCells, std::string> changes_in(const directory::Reader& reader, const ServiceRow& row,
                                                               const Query& fields) {
    importers::WrittenCells cells;
    const std::string clear{importers::k_clear};
    for (const Field& field : k_fields) {
        if (directory::keeps_back(row, field.what)) {
            continue;
        }
        const std::string now = line_of(told_now(reader, row, field.name));
        std::string wanted = line_of(field_of(fields, field.name));
        if (directory::characters_in(wanted) > k_longest_field) {
            return std::unexpected("desk.field_long");
        }
        if (wanted != now) {
            cells.emplace_back(field.column, wanted.empty() ? clear : wanted);
        }
    }
    const auto is_written = [&](const Field& field) { return !line_of(field_of(fields, field.name)).empty(); };
    if (!directory::keeps_back(row, Corrected::schedules) && std::ranges::any_of(k_times, is_written)) {
        for (const Field& field : k_times) {
            std::string wanted = line_of(field_of(fields, field.name));
            if (directory::characters_in(wanted) > k_longest_field) {
                return std::unexpected("desk.field_long");
            }
            cells.emplace_back(field.column, wanted.empty() ? clear : wanted);
        }
    }
    if (const auto entry = directory::parse_code<directory::Entry>(field_of(fields, "entry"));
        entry && *entry != row.entry && !directory::keeps_back(row, Corrected::entry)) {
        cells.emplace_back("利用方法", directory::label_of(*entry));
    }
    if (cells.empty()) {
        return std::unexpected("desk.nothing_changed");
    }
    return cells;
}

} // namespace

Answer change_page(const StaffCall& call) {
    const auto service = own_service(call, call.context.reader());
    return service ? page_with(call, *service, nullptr, {}) : not_here(call);
}

Answer post_change(const StaffCall& call) {
    const auto& reader = call.context.reader();
    const auto service = own_service(call, reader);
    if (!service) {
        return not_here(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto refused = [&](const NotKept& problem) { return page_with(call, *service, &problem, fields); };
    auto cells = changes_in(reader, reader.services()[*service], fields);
    if (!cells) {
        return refused({422, {Texts::in(call.context.language).get(cells.error())}});
    }
    cells->emplace_back("最終確認日", directory::to_string(call.context.now.day));
    const std::string id{call.parts[0]};
    const auto kept = keep_correction(call, id, std::move(*cells), fields, [&](const directory::Reader& newest) {
        const auto now = own_service(call, newest);
        return now && state_of(newest, *now) == field_of(fields, "seen");
    });
    if (!kept) {
        return refused(kept.error());
    }
    const auto path = origin_of(field_of(fields, "from")).path;
    return see_other(kept_address(path.empty() ? form_address(id) : std::string(path), *kept));
}

} // namespace shirube::server
