#include "importers/layouts/recognise.hpp"

#include "importers/files/csv.hpp"
#include "importers/files/source_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

namespace shirube::importers {

namespace {

std::expected<Recognised, FileProblem> named(std::span<const std::string> header, std::string_view profile) {
    std::vector<std::string_view> known;
    for (const auto& layout : resource_layouts()) {
        if (layout->profile() != profile) {
            known.push_back(layout->profile());
            continue;
        }
        HeaderFit fit = layout->fit(header);
        if (!fit.missing.empty()) {
            return std::unexpected(FileProblem{.code = "profile_misfits",
                                               .a = std::string(profile),
                                               .b = fmt::format("{}", fmt::join(fit.missing, ", "))});
        }
        return Recognised{.layout = layout.get(), .fit = std::move(fit)};
    }
    return std::unexpected(
        wrong_use("profile_unknown", std::string(profile), fmt::format("{}", fmt::join(known, ", "))));
}

} // namespace

std::expected<Recognised, FileProblem> recognise(std::span<const std::string> header, std::string_view profile) {
    if (!profile.empty()) {
        return named(header, profile);
    }
    Recognised best;
    std::string tried;
    for (const auto& layout : resource_layouts()) {
        HeaderFit fit = layout->fit(header);
        if (!fit.missing.empty()) {
            std::erase(fit.missing, k_longitude_column); // of shapes: nothing that a person could write
            std::erase(fit.missing, k_latitude_column);
            tried +=
                fmt::format("{}{} ({})", tried.empty() ? "" : "; ", layout->profile(), fmt::join(fit.missing, ", "));
        } else if (best.layout == nullptr || fit.known > best.fit.known) {
            best = {.layout = layout.get(), .fit = std::move(fit)};
        }
    }
    if (best.layout == nullptr) {
        return std::unexpected(FileProblem{.code = "header_unknown", .a = tried});
    }
    return best;
}

} // namespace shirube::importers
