#include "server/staff/desk/who_decides.hpp"

#include "directory/reports.hpp"
#include "importers/layouts/template_choices.hpp"
#include "server/pages/texts.hpp"
#include "server/staff/staff_call.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

/// How one knows; the last wants words of its own.
constexpr std::array<std::string_view, 5> k_hows{"phone", "visit", "paper", "told", "other"};

std::string text_of_how(std::string_view how, const Texts& texts) { return texts.get("desk.how_" + std::string(how)); }

} // namespace

std::expected<WhoDecides, std::string> read_who_decides(const Query& fields) {
    const auto by = directory::parse_code<directory::Decider>(field_of(fields, "by"));
    if (!by) {
        return std::unexpected("desk.by_missing");
    }
    const auto how = field_of(fields, "how");
    if (std::ranges::find(k_hows, how) == k_hows.end()) {
        return std::unexpected("desk.how_missing");
    }
    std::string reason = directory::clean_report_text(field_of(fields, "reason"));
    std::ranges::replace(reason, '\n', ' ');
    if (directory::characters_in(reason) > k_longest_reason) {
        return std::unexpected("desk.reason_long");
    }
    if (how == "other") {
        return reason.empty() ? std::expected<WhoDecides, std::string>(std::unexpected("desk.reason_missing"))
                              : WhoDecides{*by, std::move(reason)};
    }
    return WhoDecides{*by, text_of_how(how, Texts::in("ja")) + (reason.empty() ? "" : "。" + reason)};
}

void fill_who_decides(View who, const Query& fields, std::string_view suffix) {
    const Texts& texts = who.texts();
    who.set("AT", suffix);
    const auto by = field_of(fields, "by");
    for (const auto decider : importers::k_choices<directory::Decider>) {
        View option = who.section("BY_OPTION");
        const auto code = directory::code_of(decider);
        option.set("VALUE", code);
        option.set("WORDS", texts.get("desk.by_" + std::string(code)));
        option.show_if(code == by, "CHOSEN");
    }
    // How one knows is said by whoever knows it: nothing is chosen beforehand.
    const auto how = field_of(fields, "how");
    for (const auto code : k_hows) {
        View option = who.section("HOW_OPTION");
        option.set("VALUE", code);
        option.set("WORDS", text_of_how(code, texts));
        option.show_if(code == how, "CHOSEN");
    }
    who.set("REASON", field_of(fields, "reason"));
    who.set("MOST_REASON", static_cast<std::int64_t>(k_longest_reason));
}

} // namespace shirube::server
