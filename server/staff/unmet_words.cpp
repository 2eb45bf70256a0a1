#include "server/staff/unmet_words.hpp"

#include "directory/match/match_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

std::string month_in_words(std::chrono::year_month month, const Texts& texts) {
    return texts.with("unmet.month", {{"year", std::to_string(int{month.year()})},
                                      {"month", std::to_string(unsigned{month.month()})}});
}

std::string month_in_figures(std::chrono::year_month month) {
    return fmt::format("{:04}-{:02}", int{month.year()}, unsigned{month.month()});
}

std::string band_in_words(directory::UnmetBand band, const Texts& texts) {
    return texts.get("unmet.band_" + std::string(directory::code_of(band)));
}

std::string unmet_district_name(const directory::Reader& reader, const std::string& code) {
    const auto layer = std::ranges::find(reader.layers(), k_unmet_layer, &directory::Layer::code);
    if (layer != reader.layers().end()) {
        for (std::uint32_t i = layer->first; i < layer->first + layer->count; ++i) {
            if (reader.districts()[i].code == code) {
                return reader.districts()[i].name;
            }
        }
    }
    return code;
}

std::string unmet_need_name(const directory::Reader& reader, const std::string& code, std::string_view language) {
    for (const auto& rules : reader.match_rules()) {
        if (const auto need = rules->find_need(code)) {
            return rules->needs[*need].label.in(language);
        }
    }
    return code;
}

} // namespace shirube::server
