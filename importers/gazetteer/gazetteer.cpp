#include "importers/gazetteer/gazetteer.hpp"

#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/json_fault.hpp"
#include "importers/locating/town_extent.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// File systems that take names apart (が as か and a mark) would make other names of them.
std::string composed(const std::string& name) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    std::string text;
    if (U_SUCCESS(status) != 0) {
        nfc->normalize(icu::UnicodeString::fromUTF8(name), status).toUTF8String(text);
    }
    if (U_FAILURE(status) != 0) {
        throw std::runtime_error("ICU has no NFC data");
    }
    return text;
}

bool is_json(const fs::directory_entry& entry) {
    return entry.path().extension() == ".json" && entry.is_regular_file();
}

/// The .json files of `path` itself or of the folders right in it, in order of their names.
std::expected<std::vector<fs::path>, FileProblem> municipality_files(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return std::unexpected(in_file({.code = "file_missing"}, path));
    }
    if (!fs::is_directory(status)) {
        return std::vector{path};
    }
    std::vector<fs::path> files;
    const auto add_from = [&](const fs::path& folder) {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
            if (is_json(entry)) {
                files.push_back(entry.path());
            }
        }
    };
    add_from(path);
    if (files.empty()) {
        for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
            if (entry.is_directory()) {
                add_from(entry.path());
            }
        }
    }
    if (error) {
        return std::unexpected(in_file({.code = "file_unreadable", .a = error.message()}, path));
    }
    if (files.empty()) {
        return std::unexpected(in_file({.code = "folder_without_json"}, path));
    }
    std::ranges::sort(files);
    return files;
}

std::string text_of(const json& town, const char* key) {
    const auto found = town.find(key);
    return found != town.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_of(const json& town, const char* key) {
    const auto found = town.find(key);
    return found != town.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

/// The towns of one prefecture, with the rows they came from side by side.
struct Prefecture {
    std::vector<directory::TownReading> towns;
    std::vector<directory::BatchRow> rows;
};

/// Reads one municipality's file into its prefecture.
class TownRows {
  public:
    TownRows(const fs::path& path, std::string municipality_code, Intake& intake, Prefecture& prefecture)
        : prefecture_name_(composed(path.parent_path().filename().string())),
          municipality_name_(composed(path.stem().string())),
          municipality_code_(std::move(municipality_code)),
          intake_(intake),
          prefecture_(prefecture) {}

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
        directory::TownReading reading;
        reading.prefecture = prefecture_name_;
        reading.municipality = municipality_code_;
        reading.municipality_name = municipality_name_;
        reading.town = name;
        reading.koaza = text_of(town, "koaza");
        reading.position = position;
        keep(town, row, std::move(reading));
    }

  private:
    void reject(std::string_view code, std::int64_t row, std::string column, std::string value) {
        intake_.note(code, {.row = row, .column = std::move(column), .value = std::move(value)});
        intake_.count(Bin::rejected);
    }

    void keep(const json& town, std::int64_t row_number, directory::TownReading reading) {
        directory::BatchRow row;
        row.key = fmt::format("{}|{}|{}", reading.municipality_name, reading.town, reading.koaza);
        row.file = intake_.file();
        row.row = row_number;
        row.cells = town.dump(-1, ' ', false, json::error_handler_t::replace);
        intake_.count(Bin::accepted);
        prefecture_.rows.push_back(std::move(row));
        prefecture_.towns.push_back(std::move(reading));
    }

    std::string prefecture_name_;
    std::string municipality_name_;
    std::string municipality_code_;
    Intake& intake_;
    Prefecture& prefecture_;
};

std::expected<json, FileProblem> parse_towns(std::string_view bytes) {
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

directory::BatchList list_of(const std::string& name, Prefecture prefecture) {
    // A town's extent follows from its neighbours, so it waits until all of them are there.
    assign_town_extents(prefecture.towns);
    directory::BatchList list;
    list.name = "geolonia:" + name;
    list.profile = "geolonia";
    list.publisher = "Geolonia";
    for (std::size_t i = 0; i < prefecture.rows.size(); ++i) {
        prefecture.rows[i].reading = std::move(prefecture.towns[i]);
    }
    list.rows = std::move(prefecture.rows);
    return list;
}

} // namespace

std::expected<GazetteerInput, FileProblem> read_gazetteer(const fs::path& path, Intake& intake) {
    const auto files = municipality_files(path);
    if (!files) {
        return std::unexpected(files.error());
    }
    // One code cannot be that of many municipalities.
    const std::string code = files->size() == 1 ? intake.options().municipality : std::string();
    GazetteerInput input;
    std::map<std::string, Prefecture> prefectures;
    for (std::size_t i = 0; i < files->size(); ++i) {
        const fs::path file = fs::absolute((*files)[i]).lexically_normal();
        const std::string shown = (*files)[i].string();
        intake.begin_file(shown);
        intake.step("files", i, files->size());
        const auto bytes = read_file((*files)[i], intake.limits());
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        const auto towns = parse_towns(*bytes);
        if (!towns) {
            return std::unexpected(in_file(towns.error(), shown));
        }
        TownRows rows(file, code, intake, prefectures[composed(file.parent_path().filename().string())]);
        for (std::size_t row = 0; row < towns->size(); ++row) {
            rows.read((*towns)[row], static_cast<std::int64_t>(row) + 1);
        }
        input.files.push_back({.name = shown, .sha256 = digest_of(*bytes)});
    }
    for (auto& [name, prefecture] : prefectures) {
        input.lists.push_back(list_of(name, std::move(prefecture)));
    }
    return input;
}

} // namespace shirube::importers
