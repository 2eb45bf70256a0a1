#include "server/pages/words.hpp"

#include "directory/district_layer.hpp"
#include "directory/life_stage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace shirube::server {

namespace {

constexpr int k_months_per_year = 12;

std::string appended(std::string text, std::string_view more, std::string_view between) {
    if (!text.empty() && !more.empty()) {
        text += between;
    }
    return text += more;
}

/// "小学生;中学生" as a list of its parts; in other languages than its own, stages of ours by our words.
std::string stages_in_words(std::string_view written, const Texts& texts) {
    constexpr std::size_t k_shortest = 9; // bytes of "小学生": 高校生 is our 高校生年代
    std::string out;
    while (!written.empty()) {
        const auto end = std::min(written.find(';'), written.size());
        const auto part = written.substr(0, end);
        const auto stages = directory::life_stages();
        const auto known = std::ranges::find_if(stages, [&](const auto& words) {
            return part.size() >= k_shortest && std::string_view(words.label.ja).starts_with(part);
        });
        const bool is_own = texts.language() == "ja" || known == stages.end();
        out = appended(std::move(out), is_own ? std::string(part) : std::string(known->label.in(texts.language())),
                       texts.get("list.separator"));
        written.remove_prefix(std::min(end + 1, written.size()));
    }
    return out;
}

} // namespace

std::string distance_in_words(double distance_m) {
    if (distance_m < 1000) {
        return fmt::format("{} m", std::lround(distance_m / 10) * 10);
    }
    return distance_m < 100'000 ? fmt::format("{:.1f} km", distance_m / 1000)
                                : fmt::format("{} km", grouped(std::llround(distance_m / 1000)));
}

std::string date_in_words(directory::Day day, const Texts& texts) {
    const std::chrono::year_month_day date{day};
    return texts.with("date.day", {{"year", std::to_string(static_cast<int>(date.year()))},
                                   {"month", texts.get(fmt::format("month.{}", static_cast<unsigned>(date.month())))},
                                   {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

std::string as_of_in_words(std::string_view as_of, const Texts& texts) {
    if (const auto day = directory::parse_day(as_of)) {
        return date_in_words(*day, texts);
    }
    if (as_of.size() == 7) {
        if (const auto first = directory::parse_day(std::string(as_of) + "-01")) {
            const std::chrono::year_month_day date{*first};
            return texts.with("date.month",
                              {{"year", std::to_string(static_cast<int>(date.year()))},
                               {"month", texts.get(fmt::format("month.{}", static_cast<unsigned>(date.month())))}});
        }
    }
    if (as_of.size() == 4 && std::ranges::all_of(as_of, [](char c) { return c >= '0' && c <= '9'; })) {
        return texts.with("date.year", {{"year", std::string(as_of)}});
    }
    return std::string(as_of);
}

std::string age_in_words(int months, const Texts& texts) {
    const int years = months / k_months_per_year;
    const int rest = months % k_months_per_year;
    if (rest == 0) {
        return texts.with(years == 1 ? "age.year" : "age.years", {{"years", std::to_string(years)}});
    }
    if (years == 0) {
        return texts.with("age.months", {{"months", std::to_string(rest)}});
    }
    return texts.with("age.years_months", {{"years", std::to_string(years)}, {"months", std::to_string(rest)}});
}

std::string ages_in_words(const directory::ServiceRow& service, const Texts& texts) {
    // The end is exclusive in the data; people say the last age that is still in.
    const auto last = [&]() -> std::optional<std::string> {
        if (!service.to_age_months) {
            return std::nullopt;
        }
        const int end = *service.to_age_months;
        return end % k_months_per_year == 0 && end > 0 ? age_in_words(end - k_months_per_year, texts)
                                                       : age_in_words(std::max(end - 1, 0), texts);
    }();
    if (service.from_age_months && last) {
        const std::string first = age_in_words(*service.from_age_months, texts);
        return first == *last ? first : texts.with("age.from_to", {{"from", first}, {"to", *last}});
    }
    if (service.from_age_months) {
        return texts.with("age.from", {{"from", age_in_words(*service.from_age_months, texts)}});
    }
    return last ? texts.with("age.to", {{"to", *last}}) : std::string{};
}

std::string for_whom_in_words(const directory::ServiceRow& service, const Texts& texts) {
    std::string out = ages_in_words(service, texts);
    const std::string& between = texts.get("list.separator");
    using directory::ForWhom;
    for (const auto whom :
         {ForWhom::expecting, ForWhom::parents, ForWhom::young_carer, ForWhom::foreign_roots, ForWhom::disability}) {
        if ((service.for_whom >> static_cast<unsigned>(whom) & 1U) != 0) {
            out = appended(out, texts.get("for." + std::string(directory::code_of(whom))), between);
        }
    }
    return appended(out, stages_in_words(service.stage, texts), between);
}

namespace {

/// "妊婦;保護者": what the list has is what stands there in our words already.
bool names_codes_alone(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        if (!directory::parse_code<directory::ForWhom>(text.substr(0, end))) {
            return false;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

} // namespace

std::string_view whom_in_own_words(const directory::ServiceRow& service, const Texts& texts) {
    const std::string_view text = service.for_whom_text;
    const bool is_said = names_codes_alone(text) || for_whom_in_words(service, texts).find(text) != std::string::npos;
    return is_said ? std::string_view{} : text;
}

std::string_view unless_said(std::string_view label, std::string_view own_words) noexcept {
    return own_words.starts_with(label) ? std::string_view{} : label;
}

std::string entry_in_words(directory::Entry entry, const Texts& texts) {
    return texts.get("entry." + std::string(directory::code_of(entry)));
}

std::string fee_in_words(const directory::ServiceRow& service, const Texts& texts) {
    return texts.get("fee." + std::string(directory::code_of(service.fee)));
}

std::string transport_in_words(directory::Transport transport, const Texts& texts) {
    return texts.get("transport." + std::string(directory::code_of(transport)));
}

std::string status_in_words(directory::Status status, const Texts& texts) {
    return texts.get("status." + std::string(directory::code_of(status)));
}

std::string feature_in_words(directory::Feature feature, const Texts& texts) {
    return texts.get("feature." + std::string(directory::code_of(feature)));
}

std::string weekday_in_words(int weekday, const Texts& texts) {
    static constexpr std::array<std::string_view, 7> codes{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return texts.get("day." + std::string(codes.at(static_cast<std::size_t>(weekday))));
}

std::string layer_in_words(std::string_view layer, const Texts& texts) {
    return directory::label_of_layer(layer).in(texts.language());
}

const directory::Layer* usual_layer(const directory::Reader& reader) {
    const directory::Layer* layer = reader.find_layer("chugakkoku");
    return layer == nullptr && !reader.layers().empty() ? &reader.layers().front() : layer;
}

std::string basis_in_words(std::string_view basis, const Texts& texts) {
    // "census mesh 250 m, ages 0-14, shared by area"; "census mesh 1 km and 250 m and towns, ages …"; "towns, ages …"
    constexpr std::string_view mesh = "census mesh ";
    constexpr std::string_view ages = ", ages ";
    constexpr std::string_view k_by_centre = ", by the centre of the cell";
    const auto at_ages = basis.find(ages);
    const auto dash = basis.find('-', at_ages == std::string_view::npos ? 0 : at_ages);
    const auto comma = basis.find(',', dash == std::string_view::npos ? 0 : dash);
    if (at_ages == std::string_view::npos || comma == std::string_view::npos ||
        (!basis.substr(comma).starts_with(", shared by area") && !basis.substr(comma).starts_with(k_by_centre))) {
        return std::string(basis);
    }
    const auto from = at_ages + ages.size();
    auto counted = basis.substr(0, at_ages);
    constexpr std::string_view and_towns = " and towns";
    const bool has_mesh = counted.starts_with(mesh);
    const bool has_towns = counted == "towns" || counted.ends_with(and_towns);
    std::string sizes;
    if (has_mesh) {
        counted.remove_prefix(mesh.size());
        sizes = counted.substr(0, counted.size() - (has_towns ? and_towns.size() : 0));
        for (auto at = sizes.find(" and "); at != std::string::npos; at = sizes.find(" and ")) {
            sizes.replace(at, 5, ", ");
        }
    }
    const auto* key = basis.substr(comma).starts_with(k_by_centre)
                          ? has_towns ? "basis.centre_and_towns" : "basis.centre"
                      : !has_towns ? "basis.mesh"
                      : has_mesh   ? "basis.mesh_and_towns"
                                   : "basis.towns";
    auto words = texts.with(key, {{"size", sizes},
                                  {"from", std::string(basis.substr(from, dash - from))},
                                  {"to", std::string(basis.substr(dash + 1, comma - dash - 1))}});
    if (basis.ends_with(", ages by the municipality's single years")) {
        words += texts.get("list.separator") + texts.get("basis.by_profile");
    }
    return words;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

std::string percent(double share) {
    // All but a few is not all, and hardly any is not none.
    constexpr double k_least_told = 0.0005;
    if (share > 1 - k_least_told && share < 1) {
        return ">99.9%";
    }
    if (share > 0 && share < k_least_told) {
        return "<0.1%";
    }
    return fmt::format("{:.1f}%", share * 100);
}

std::string decimal(double value, int places) { return fmt::format("{:.{}f}", value, places); }

std::string_view family_icon(const directory::Taxonomy& taxonomy, directory::ProgrammeIndex programme) {
    static constexpr std::array<std::string_view, 7> with_icon{
        "consultation", "family_support", "places", "food", "alternative_care", "childcare_school", "carriers"};
    const std::string& family = taxonomy.at(taxonomy.family_of(programme)).code;
    const auto found = std::ranges::find(with_icon, family);
    return found == with_icon.end() ? "places" : *found;
}

bool is_about(const directory::SiteRow& site) {
    using directory::PositionQuality;
    return site.accuracy_m.has_value() || site.quality == PositionQuality::town ||
           site.quality == PositionQuality::block || site.quality == PositionQuality::municipality;
}

} // namespace shirube::server
