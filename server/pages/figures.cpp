#include "server/pages/figures.hpp"

#include "server/pages/words.hpp"

namespace shirube::server {

void set_figure(View view, std::string_view name, const std::optional<std::string>& value) {
    if (value) {
        view.section(std::string(name) + "_KNOWN").set("VALUE", *value);
    } else {
        view.show(std::string(name) + "_UNKNOWN");
    }
}

std::optional<std::string> as_count(std::optional<std::int64_t> number) {
    return number ? std::optional(grouped(*number)) : std::nullopt;
}

std::optional<std::string> as_percent(std::optional<double> share) {
    return share ? std::optional(percent(*share)) : std::nullopt;
}

std::optional<std::string> as_decimal(std::optional<double> value, int places) {
    if (!value) {
        return std::nullopt;
    }
    // A small figure must not read as none.
    const bool would_vanish = *value > 0 && *value < 0.01;
    return decimal(*value, would_vanish ? places + 2 : places);
}

std::optional<std::int64_t> not_reached(std::optional<std::int64_t> children, std::optional<std::int64_t> covered) {
    return children && covered ? std::optional(*children - *covered) : std::nullopt;
}

void set_tier(View view, directory::Tier tier) {
    view.set("TIER", directory::code_of(tier));
    view.words("TIER_WORDS", directory::label_of(tier).in(view.texts().language()));
}

std::string notes_in_words(const directory::DistrictCoverage& district, const Texts& texts) {
    std::string out;
    for (const auto& note : district.notes) {
        out += (out.empty() ? "" : texts.get("list.separator")) + texts.get_or("note." + note, note);
    }
    return out;
}

} // namespace shirube::server
