#include "importers/lists/claims.hpp"

#include "importers/files/csv.hpp"
#include "importers/lists/municipality_code.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

using Programmes = std::expected<std::vector<std::string>, FileProblem>;

Programmes parse_programmes(std::string_view text, const directory::Taxonomy& taxonomy) {
    std::vector<std::string> programmes;
    for (const std::string_view code : split(text, ',')) {
        if (!taxonomy.by_code(code)) {
            return std::unexpected(wrong_use("covers_programme_unknown", std::string(code)));
        }
        programmes.emplace_back(code);
    }
    return programmes;
}

std::expected<std::set<std::string>, FileProblem> parse_municipalities(std::string_view text) {
    std::set<std::string> municipalities;
    for (const std::string_view part : split(text, ',')) {
        auto code = part.size() == 2 ? parse_prefecture_code(part) : parse_municipality_code(part);
        if (!code) {
            return std::unexpected(wrong_use("municipality_malformed", std::string(part)));
        }
        municipalities.insert(std::move(*code));
    }
    return municipalities;
}

} // namespace

std::expected<std::vector<directory::Claim>, FileProblem> parse_covers(std::string_view text,
                                                                       const directory::Taxonomy& taxonomy) {
    std::vector<directory::Claim> claims;
    for (const std::string_view group : split(text, ';')) {
        const std::size_t at = group.find('@');
        if (at == std::string_view::npos || group.find('@', at + 1) != std::string_view::npos) {
            return std::unexpected(wrong_use("covers_malformed", std::string(group)));
        }
        const auto programmes = parse_programmes(group.substr(0, at), taxonomy);
        if (!programmes) {
            return std::unexpected(programmes.error());
        }
        const auto municipalities = parse_municipalities(group.substr(at + 1));
        if (!municipalities) {
            return std::unexpected(municipalities.error());
        }
        std::ranges::move(claims_of(*programmes, *municipalities), std::back_inserter(claims));
    }
    std::ranges::sort(claims);
    claims.erase(std::ranges::unique(claims).begin(), claims.end());
    return claims;
}

std::vector<directory::Claim> claims_of(std::span<const std::string> programmes,
                                        const std::set<std::string>& municipalities) {
    std::set<directory::Claim> claims;
    for (const std::string& programme : programmes) {
        for (const std::string& municipality : municipalities) {
            claims.insert({programme, municipality, false});
        }
    }
    return {claims.begin(), claims.end()};
}

} // namespace shirube::importers
