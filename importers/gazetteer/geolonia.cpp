#include "importers/gazetteer/geolonia.hpp"

#include "directory/normal_form.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/json_fault.hpp"
#include "importers/files/limits.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// File systems that take names apart (が as か and a mark) would make other names of them.
std::string composed(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    std::string text;
    directory::nfc().normalize(icu::UnicodeString::fromUTF8(name), status).toUTF8String(text);
    if (U_FAILURE(status) != 0) {
        throw std::runtime_error("A name cannot be normalised");
    }
    return text;
}

std::string text_of(const json& town, const char* key) {
    const auto found = town.find(key);
    return found != town.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_of(const json& town, const char* key) {
    const auto found = town.find(key);
    return found != town.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

/// Reads the rows of one municipality's file.
class TownRows {
  public:
    TownRows(const fs::path& path, Intake& intake, std::vector<FoundTown>& towns)
        : prefecture_name_(composed(path.parent_path().filename().string())),
          municipality_name_(composed(path.stem().string())),
          intake_(intake),
          towns_(towns) {}

    void read(const json& town, std::int64_t row) {
        const std::string name = text_of(town, "town");
        if (name.empty()) {
            reject("town_name_missing", row, "town", {});
            return;
        }
        const auto lon = number_of(town, "lng");
        const auto lat = number_of(town, "lat");
        if (!lon || !lat) {
            reject("town_position_missing", row, "lat", name);
            return;
        }
        const geo::LonLat position{.lon = *lon, .lat = *lat};
        if (!geo::within_japan(position)) {
            reject("town_outside_japan", row, "lat", fmt::format("{} {}", *lat, *lon));
            return;
        }
        FoundTown found;
        found.town.prefecture = prefecture_name_;
        found.town.municipality_name = municipality_name_;
        found.town.town = name;
        found.town.koaza = text_of(town, "koaza");
        found.town.position = position;
        found.row.key = fmt::format("{}|{}|{}", municipality_name_, name, found.town.koaza);
        found.row.file = intake_.file();
        found.row.row = row;
        found.row.cells = town.dump(-1, ' ', false, json::error_handler_t::replace);
        intake_.count(Bin::accepted);
        towns_.push_back(std::move(found));
    }

  private:
    void reject(std::string_view code, std::int64_t row, std::string column, std::string value) {
        intake_.note(code, {.row = row, .column = std::move(column), .value = std::move(value)});
        intake_.count(Bin::rejected);
    }

    std::string prefecture_name_;
    std::string municipality_name_;
    Intake& intake_;
    std::vector<FoundTown>& towns_;
};

std::expected<json, FileProblem> parse_towns(std::string_view bytes) {
    // A municipality's towns take some ten kilobytes.
    constexpr std::size_t most = Limits{}.json_bytes;
    if (bytes.size() > most) {
        return std::unexpected(FileProblem{.code = "file_too_big", .a = fmt::format("{}", most)});
    }
    const auto decoded = decode(bytes);
    if (!decoded) {
        return std::unexpected(decoded.error());
    }
    if (const auto fault = find_json_fault(decoded->text)) {
        return std::unexpected(
            FileProblem{.code = "json_malformed", .a = fmt::format("{}", fault->byte), .row = fault->line});
    }
    json towns = json::parse(decoded->text);
    const bool fits = towns.is_array() && std::ranges::all_of(towns, [](const json& town) {
                          return town.is_object() && town.contains("town");
                      });
    if (!fits) {
        return std::unexpected(FileProblem{.code = "gazetteer_wrong_kind"});
    }
    return towns;
}

} // namespace

std::expected<void, FileProblem> Geolonia::read(const fs::path& path, std::string_view bytes) {
    const auto towns = parse_towns(bytes);
    if (!towns) {
        return std::unexpected(towns.error());
    }
    TownRows rows(fs::absolute(path).lexically_normal(), intake_, towns_);
    for (std::size_t row = 0; row < towns->size(); ++row) {
        rows.read((*towns)[row], static_cast<std::int64_t>(row) + 1);
    }
    return {};
}

std::vector<directory::BatchList> Geolonia::take(const std::string& municipality) {
    for (FoundTown& found : towns_) {
        found.town.municipality = municipality;
    }
    return lists_of(std::exchange(towns_, {}),
                    {.profile = "geolonia", .publisher = "Geolonia", .cut = ListCut::prefecture});
}

} // namespace shirube::importers
